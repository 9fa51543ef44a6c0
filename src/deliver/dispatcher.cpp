#include "pinrelay/deliver/dispatcher.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <list>
#include <optional>
#include <utility>

#include "batch_sender.hpp"
#include "deliver/waiting/alarm_awaitable.hpp"
#include "deliver/waiting/spool_awaitable.hpp"
#include "dispatcher_life.hpp"
#include "lease_schedule.hpp"
#include "longest_wait.hpp"
#include "send_check.hpp"

namespace pinrelay::deliver {
namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

std::string what_happened(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
        return exception.what();
    } catch (...) {
        return "unknown";
    }
}

DispatchParts with_all_clocks(DispatchParts parts) {
    if (!parts.wall) parts.wall = parts.clock;
    if (!parts.confirmed) parts.confirmed = parts.wall;
    return parts;
}

// One loop per account: look whether a batch is due, lease it, let it fly, look again. Everything but wake() runs on
// the context's thread, and between two suspensions nothing else happens. A wake-up of the context costs more than
// counting what waits, so wake() posts only news that change what the loop waits for.
class LoopingDispatcher final : public Dispatcher {
public:
    LoopingDispatcher(DispatchParts parts, DispatchOptions options)
        : parts_(with_all_clocks(std::move(parts))),
          options_(options),
          limits_(parts_.destination.max_batch()),
          schedule_(Batcher(limits_.records, options_.linger), options_.look_again),
          sender_(parts_, options_),
          alarm_(parts_.make_alarm()),
          grace_(parts_.make_alarm()) {}

    void start() override {
        change(LifeEvent::Start);
        sender_.suspects().set_limits(options_.retry);
        sender_.report().started(parts_.spool.waiting(parts_.destination.name()).pending, parts_.clock());
        if (waiting_records() > 0) schedule_.note_waiting(Time{});  // what a former process left has waited long enough
        asio::co_spawn(parts_.context, loop(), [this](const std::exception_ptr& failure) {
            if (failure) report_crash("the delivery loop ended early", failure);
            finish();
        });
    }

    void wake() override {
        if (life_ == Life::Over) return;
        if (!changes_plan()) {
            news_missed_ = true;
            return;
        }
        if (wake_posted_.exchange(true)) return;
        asio::post(parts_.context, [this] {
            wake_posted_ = false;
            schedule_.note_news();
            note_waiting();
            look_again();
        });
    }

    void stop(milliseconds grace, std::function<void()> stopped) override {
        if (!end(LifeEvent::Stop, std::move(stopped))) return;
        grace_->set(grace, [this](bool is_over) {
            if (is_over) cancel_flights();
        });
    }

    void retire(std::function<void()> stopped) override { end(LifeEvent::Retire, std::move(stopped)); }

private:
    // A batch that was leased and is not settled yet.
    struct Flight {
        asio::cancellation_signal cancel;
        std::size_t records = 0;
    };

    asio::awaitable<void> loop() {
        for (;;) {
            if (parts_.clock() >= next_round_) co_await make_round();
            const auto plan = next_lease();
            if (const auto* lease = std::get_if<LeaseSchedule::Lease>(&plan)) {
                co_await lease_batch(*lease);
                continue;
            }
            if (is_leaving(life_) && flights_.empty()) co_return;
            co_await sleep(std::get<LeaseSchedule::Sleep>(plan));
        }
    }

    LeaseSchedule::Plan next_lease() {
        if (!may_lease(life_)) return LeaseSchedule::Sleep{std::nullopt, LeaseSchedule::no_news};
        return schedule_.next({waiting_records(), flights_.size(), life_ == Life::Draining}, sender_.pacer(),
                              parts_.clock());
    }

    std::uint64_t pending() const { return parts_.spool.waiting(parts_.destination.name()).pending; }

    // Stored and not in flight; some of them may have been given back for later.
    std::size_t waiting_records() const {
        const auto stored = pending();
        const auto leased = records_in_flight();
        return stored > leased ? static_cast<std::size_t>(stored - leased) : 0;
    }

    std::uint64_t records_in_flight() const {
        std::uint64_t records = 0;
        for (const auto& flight : flights_) records += flight.records;
        return records;
    }

    // Whether appended records are a reason to end the sleep. Any thread. A record that is committed after the loop
    // counted what waits, and before it noted `news_at_`, finds the loop awake.
    bool changes_plan() const {
        const std::uint64_t at = news_at_;
        return at == LeaseSchedule::any_news || (at != LeaseSchedule::no_news && pending() >= at);
    }

    void note_waiting() {
        if (waiting_records() > 0) schedule_.note_waiting(parts_.clock());
    }

    asio::awaitable<void> lease_batch(LeaseSchedule::Lease lease) {
        spool::LeaseRequest request;
        request.destination = parts_.destination.name();
        request.max_records = limits_.records;
        request.max_bytes = limits_.bytes;
        request.now = parts_.clock();
        // What is too old stays where it is: make_round gives it up once that is certain.
        const Time wall = parts_.wall();
        request.fresh_since = wall - parts_.destination.age_limits().fresh;
        request.event_since = wall - parts_.destination.age_limits().oldest;
        request.longest_wait = longest_wait(options_.retry);
        request.fresh_only = lease.fresh_only;
        request.newest_first = begins_with_newest();

        schedule_.begin(lease);
        const asio::any_io_executor executor = parts_.context.get_executor();
        auto leased = co_await async_lease(executor, parts_.spool, std::move(request));
        if (leased.has_error()) {
            schedule_.failed();
            co_await lease_failed(leased.error());
            co_return;
        }
        sender_.report().store_works();
        schedule_.leased(leased->size(), leased->size() >= limits_.records);
        if (leased->empty()) co_return;
        fly(std::move(*leased));
        note_waiting();  // the batch may have ended by its bytes
    }

    // While refusals seem to meet everybody, every second batch has the newest records: those that the destination
    // takes may stand behind more refused ones than a batch holds.
    bool begins_with_newest() {
        began_with_newest_ = sender_.suspects().meets_everybody() && !began_with_newest_;
        return began_with_newest_;
    }

    asio::awaitable<void> lease_failed(ErrorCode error) {
        sender_.report().store_failed("lease", error, parts_.clock());
        if (error == spool::SpoolErrc::Closed) {
            change(LifeEvent::StoreClosed);
            co_return;
        }
        co_await sleep({options_.look_again, LeaseSchedule::no_news});
    }

    void fly(std::vector<model::StoredRecord> batch) {
        const auto flight = flights_.emplace(flights_.end());
        flight->records = batch.size();
        asio::co_spawn(
            parts_.context, sender_.deliver(std::move(batch)),
            asio::bind_cancellation_slot(flight->cancel.slot(), [this, flight](const std::exception_ptr& failure) {
                if (failure) report_crash("a batch was left; it is sent after the next start", failure);
                flights_.erase(flight);
                note_waiting();
                look_again();
            }));
    }

    // What time alone brings about: events that have become too old, and the age of those that wait.
    asio::awaitable<void> make_round() {
        const Time now = parts_.clock();
        next_round_ = now + options_.round;
        const auto waiting = parts_.spool.waiting(parts_.destination.name());
        const auto age = waiting.oldest ? parts_.wall() - *waiting.oldest : Time::duration(0);
        sender_.report().oldest_pending(age, options_.warn_age);
        sender_.report().round(waiting.pending, age, now);
        sender_.suspects().forget_before(now - parts_.destination.age_limits().oldest);
        const Time too_old = parts_.confirmed() - parts_.destination.age_limits().oldest;
        if (waiting.oldest && *waiting.oldest < too_old) co_await expire(too_old);
    }

    // What the destination would not take any more must not fill the store while its account is paused.
    asio::awaitable<void> expire(Time before) {
        const auto oldest = parts_.destination.age_limits().oldest;
        const asio::any_io_executor executor = parts_.context.get_executor();
        for (bool more = true; more && !is_past_grace(life_);) {
            auto expired = co_await async_expire(executor, parts_.spool, parts_.destination.name(), before,
                                                 older_than(oldest), limits_.records);
            more = expired.has_value() && *expired == limits_.records;
            if (expired.has_value()) sender_.report().expired(*expired, older_than(oldest), parts_.clock());
        }
    }

    // Until the length has passed or something happens, and never beyond the next round.
    asio::awaitable<void> sleep(LeaseSchedule::Sleep plan) {
        const auto round = std::chrono::ceil<milliseconds>(next_round_ - parts_.clock());
        const auto longest = std::clamp(round, milliseconds(0), options_.round);
        const auto suspects_due = sender_.suspects().next_due(parts_.clock());
        const auto until = suspects_due ? std::chrono::ceil<milliseconds>(*suspects_due - parts_.clock()) : longest;
        const auto shortest = std::min(std::min(plan.length.value_or(longest), longest), until);
        const asio::any_io_executor executor = parts_.context.get_executor();
        const bool counts = plan.news_at != LeaseSchedule::any_news && plan.news_at != LeaseSchedule::no_news;
        news_at_ = counts ? plan.news_at + records_in_flight() : plan.news_at;
        co_await async_sleep(executor, *alarm_, shortest);
        news_at_ = LeaseSchedule::any_news;
        if (news_missed_.exchange(false)) schedule_.note_news();
        if (suspects_due && parts_.clock() >= *suspects_due && waiting_records() > 0) schedule_.note_waiting(Time{});
        note_waiting();
    }

    void look_again() { alarm_->cancel(); }

    void change(LifeEvent event) noexcept { life_ = after(life_, event); }

    // Whether there is anything to wait for; `stopped` is called in any case.
    bool end(LifeEvent event, std::function<void()> stopped) {
        change(event);
        if (life_ == Life::Over) {
            asio::post(parts_.context, std::move(stopped));
            return false;
        }
        stopped_.push_back(std::move(stopped));
        look_again();
        return true;
    }

    void cancel_flights() {
        change(LifeEvent::GraceOver);
        sender_.give_up();
        for (auto flight = flights_.begin(); flight != flights_.end();)
            std::exchange(flight, std::next(flight))->cancel.emit(asio::cancellation_type::terminal);
        look_again();
        grace_->set(options_.last_wait, [this](bool is_over) {
            if (is_over) finish();
        });
    }

    void finish() {
        if (life_ == Life::Over) return;
        change(LifeEvent::LoopEnded);
        for (auto& stopped : stopped_) asio::post(parts_.context, std::move(stopped));
        stopped_.clear();
        grace_->cancel();
    }

    void report_crash(std::string_view sentence, const std::exception_ptr& failure) {
        parts_.logger.error(sentence, {{"destination", parts_.destination.name()}, {"reason", what_happened(failure)}});
    }

    DispatchParts parts_;
    const DispatchOptions options_;
    destination::BatchLimits limits_;
    LeaseSchedule schedule_;
    BatchSender sender_;
    std::unique_ptr<Alarm> alarm_;
    std::unique_ptr<Alarm> grace_;
    std::list<Flight> flights_;
    Time next_round_{};
    bool began_with_newest_ = false;
    std::vector<std::function<void()>> stopped_;
    std::atomic<bool> wake_posted_ = false;
    // Pending records, in flight or not, from which news end the sleep. Any news while the loop is awake.
    std::atomic<std::uint64_t> news_at_ = LeaseSchedule::any_news;
    std::atomic<bool> news_missed_ = false;  // some came that did not
    std::atomic<Life> life_ = Life::Idle;    // wake() reads it from any thread
};

}  // namespace

std::unique_ptr<Dispatcher> make_dispatcher(DispatchParts parts, DispatchOptions options) {
    return std::make_unique<LoopingDispatcher>(std::move(parts), options);
}

}  // namespace pinrelay::deliver
