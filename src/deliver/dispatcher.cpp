#include "pinrelay/deliver/dispatcher.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <list>
#include <optional>
#include <utility>

#include "batch_sender.hpp"
#include "pinrelay/deliver/batcher.hpp"
#include "spool_awaitable.hpp"

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

// One loop per account: look whether a batch is due, lease it, let it fly, look again. Everything but wake() runs on
// the context's thread, and between two suspensions nothing else happens.
class LoopingDispatcher final : public Dispatcher {
public:
    explicit LoopingDispatcher(Parts parts)
        : parts_(std::move(parts)),
          limits_(parts_.destination.max_batch()),
          batcher_(limits_.records, parts_.options.linger),
          sender_(parts_),
          alarm_clock_(parts_.context),
          grace_(parts_.context) {}

    void start() override {
        running_ = true;
        sender_.report().started();
        if (waiting_records() > 0) waiting_since_ = Time{};  // what a former process left has waited long enough
        asio::co_spawn(parts_.context, loop(), [this](std::exception_ptr failure) {
            if (failure) report_crash("the delivery loop ended early", failure);
            finish();
        });
    }

    void wake() override {
        if (finished_ || wake_posted_.exchange(true)) return;
        asio::post(parts_.context, [this] {
            wake_posted_ = false;
            note_waiting();
            look_again();
        });
    }

    void stop(milliseconds grace, std::function<void()> stopped) override {
        stopping_ = true;
        if (!running_ || finished_) {
            finished_ = true;
            asio::post(parts_.context, std::move(stopped));
            return;
        }
        stopped_ = std::move(stopped);
        look_again();
        grace_.expires_after(grace);
        grace_.async_wait([this](const ErrorCode& error) {
            if (!error) cancel_flights();
        });
    }

private:
    // A batch that was leased and is not settled yet.
    struct Flight {
        asio::cancellation_signal cancel;
        std::size_t records = 0;
    };

    asio::awaitable<void> loop() {
        for (;;) {
            const std::optional<milliseconds> wait = next_lease_in();
            if (wait == milliseconds(0)) {
                co_await lease_batch();
                continue;
            }
            if (stopping_ && flights_.empty()) co_return;
            co_await sleep(wait);
        }
    }

    // When the next batch should be leased: zero for now, nothing for "when something happens".
    std::optional<milliseconds> next_lease_in() {
        if (over_) return std::nullopt;
        const Time now = parts_.clock();
        auto& gate = sender_.gate();
        if (stopping_ && gate.on_trial()) return std::nullopt;
        const std::size_t at_once = gate.on_trial() ? 1 : std::max<std::size_t>(parts_.options.concurrency, 1);
        if (flights_.size() >= at_once) return std::nullopt;
        if (const milliseconds closed = gate.closed_for(now); closed > milliseconds(0)) return closed;
        const std::size_t waiting = waiting_records();
        if (waiting == 0) {
            waiting_since_.reset();
            return std::nullopt;
        }
        if (!waiting_since_) return std::max(gate.last_wait(), parts_.options.look_again);  // only records for later
        if (stopping_) return milliseconds(0);
        return batcher_.due_in(waiting, *waiting_since_, now);
    }

    // Stored and not in flight; some of them may have been given back for later.
    std::size_t waiting_records() const {
        const auto pending = parts_.spool.ledger().total(parts_.destination.name()).pending();
        std::size_t in_flight = 0;
        for (const auto& flight : flights_) in_flight += flight.records;
        return pending > in_flight ? static_cast<std::size_t>(pending - in_flight) : 0;
    }

    // Where records are known to wait and nobody noted since when: they count from now.
    void note_waiting() {
        if (!waiting_since_ && waiting_records() > 0) waiting_since_ = parts_.clock();
    }

    asio::awaitable<void> lease_batch() {
        spool::LeaseRequest request;
        request.destination = parts_.destination.name();
        request.max_records = limits_.records;
        request.max_bytes = limits_.bytes;
        request.now = parts_.clock();
        request.fresh_since = request.now - parts_.options.fresh_for;

        const std::optional<Time> asked_since = std::exchange(waiting_since_, std::nullopt);
        const asio::any_io_executor executor = parts_.context.get_executor();
        auto leased = co_await async_lease(executor, parts_.spool, std::move(request));
        if (leased.has_error()) {
            waiting_since_ = asked_since;
            co_await lease_failed(leased.error());
            co_return;
        }
        sender_.report().store_works();
        if (leased->empty()) co_return;
        const bool more_may_wait = leased->size() >= limits_.records;
        fly(std::move(*leased));
        if (more_may_wait) waiting_since_ = asked_since;
        note_waiting();  // the batch may have ended by its bytes
    }

    asio::awaitable<void> lease_failed(ErrorCode error) {
        sender_.report().store_failed("lease", error);
        if (error == spool::SpoolErrc::Closed) {
            stopping_ = true;
            over_ = true;
            co_return;
        }
        co_await sleep(parts_.options.look_again);
    }

    void fly(std::vector<spool::StoredRecord> batch) {
        const auto flight = flights_.emplace(flights_.end());
        flight->records = batch.size();
        asio::co_spawn(parts_.context, sender_.deliver(std::move(batch)),
                       asio::bind_cancellation_slot(flight->cancel.slot(), [this, flight](std::exception_ptr failure) {
                           if (failure) report_crash("a batch was left; it is sent after the next start", failure);
                           flights_.erase(flight);
                           note_waiting();
                           look_again();
                       }));
    }

    asio::awaitable<void> sleep(std::optional<milliseconds> length) {
        if (length) {
            alarm_clock_.expires_after(*length);
        } else {
            alarm_clock_.expires_at(asio::steady_timer::time_point::max());
        }
        ErrorCode ignored;
        co_await alarm_clock_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        note_waiting();
    }

    void look_again() { alarm_clock_.cancel(); }

    void cancel_flights() {
        over_ = true;
        sender_.give_up();
        for (auto flight = flights_.begin(); flight != flights_.end();)
            std::exchange(flight, std::next(flight))->cancel.emit(asio::cancellation_type::terminal);
        look_again();
        grace_.expires_after(parts_.options.last_wait);
        grace_.async_wait([this](const ErrorCode& error) {
            if (!error) finish();
        });
    }

    void finish() {
        if (finished_.exchange(true)) return;
        grace_.cancel();
        if (stopped_) stopped_();
    }

    void report_crash(std::string_view sentence, const std::exception_ptr& failure) {
        parts_.logger.error(sentence, {{"destination", parts_.destination.name()}, {"reason", what_happened(failure)}});
    }

    Parts parts_;
    destination::BatchLimits limits_;
    Batcher batcher_;
    BatchSender sender_;
    asio::steady_timer alarm_clock_;
    asio::steady_timer grace_;
    std::list<Flight> flights_;
    std::optional<Time> waiting_since_;  // since when something may wait that no lease has asked for
    std::function<void()> stopped_;
    std::atomic<bool> wake_posted_ = false;
    std::atomic<bool> finished_ = false;
    bool running_ = false;
    bool stopping_ = false;
    bool over_ = false;
};

}  // namespace

std::unique_ptr<Dispatcher> make_dispatcher(asio::io_context& context, const destination::Destination& destination,
                                            spool::Spool& spool, http::Client& client, metrics::Metrics& metrics,
                                            DispatchOptions options, Clock clock, Random random, Logger& logger) {
    Parts parts{context, destination, spool, client, metrics, options, std::move(clock), std::move(random), logger};
    return std::make_unique<LoopingDispatcher>(std::move(parts));
}

}  // namespace pinrelay::deliver
