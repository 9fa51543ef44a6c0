#include "batch_sender.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <string>
#include <utility>

#include "deliver/report/fates.hpp"
#include "deliver/waiting/alarm_awaitable.hpp"
#include "deliver/waiting/spool_awaitable.hpp"
#include "pinrelay/core/confirmed_clock.hpp"
#include "send_check.hpp"

namespace pinrelay::deliver {
namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

destination::RequestRate rate_of(const destination::Destination& destination, const DispatchOptions& options) {
    auto rate = destination.max_rate();
    rate.per_second = std::min(rate.per_second, options.requests_per_second);
    rate.burst = std::max(1.0, std::min(rate.burst, options.requests_per_second));
    return rate;
}

// Without a send.
std::vector<spool::Settlement> given_back(const std::vector<model::RecordId>& ids, Time not_before) {
    std::vector<spool::Settlement> settlements;
    settlements.reserve(ids.size());
    for (const model::RecordId id : ids) settlements.push_back(spool::Settlement::retry(id, not_before, 0));
    return settlements;
}

}  // namespace

BatchSender::BatchSender(DispatchParts& parts, const DispatchOptions& options)
    : parts_(parts),
      options_(options),
      suspects_(parts.memory->parts().suspects),
      pacer_(options.retry, rate_of(parts.destination, options), options.concurrency),
      report_(parts.destination.name(), parts.metrics, parts.logger, parts.memory->parts()) {}

asio::awaitable<void> BatchSender::deliver(std::vector<model::StoredRecord> leased) {
    co_await asio::this_coro::throw_if_cancelled(false);  // a cancelled request must still be settled
    const SendLimits limits{parts_.destination.age_limits(), options_.ambiguous_offline};
    const AgeClocks ages{parts_.wall(), parts_.confirmed()};
    Checked checked = check_before_sending(std::move(leased), limits, ages);
    if (!checked.unsure.empty()) {
        std::vector<spool::Settlement> unsure = given_back(checked.unsure, parts_.clock() + confirmed_after);
        co_await settle(std::move(unsure));
    }
    if (!checked.given_up.empty()) {
        report_settled(checked.dropped, checked.given_up);
        forget_settled(checked.given_up);
        co_await settle(std::move(checked.given_up));
    }
    if (checked.sendable.empty()) co_return;

    Suspects::Plan plan = suspects_.plan(std::move(checked.sendable));
    DeliveryMachine machine(std::move(plan.batch), plan.parts, plan.sample, options_.ambiguous_offline);
    Step step;
    step.next = machine.start();
    while (const Send* next = std::get_if<Send>(&step.next)) {
        const Send part = *next;
        const bool allowed = co_await may_send();
        if (allowed) {
            step = co_await send_part(machine, part);
        } else {
            step = machine.not_sent(wait_unsent(), parts_.clock());
        }
        forget_settled(step.settlements);
        report_settled(machine.batch(), step.settlements);
        std::vector<spool::Settlement> settlements = std::move(step.settlements);
        co_await settle(std::move(settlements));
    }
}

void BatchSender::report_settled(const std::vector<model::StoredRecord>& batch,
                                 const std::vector<spool::Settlement>& settlements) {
    const Time now = parts_.clock();
    report_.settled(batch, settlements, now);
    if (parts_.live == nullptr) return;
    const FateTimes times{now, parts_.wall()};
    show_fates(*parts_.live, batch, settlements, times, parts_.memory->parts().status.reason);
}

void BatchSender::forget_settled(const std::vector<spool::Settlement>& settlements) {
    for (const auto& settlement : settlements)
        if (settlement.fate != spool::Settlement::Fate::Retry) suspects_.forget(settlement.id);
}

// Waits for the rate; false when the account has been closed meanwhile, or all is over.
asio::awaitable<bool> BatchSender::may_send() {
    const asio::any_io_executor executor = parts_.context.get_executor();
    const auto alarm = parts_.make_alarm();
    while (!over_) {
        const Time now = parts_.clock();
        if (pacer_.state(now) == CircuitBreaker::State::Open) co_return false;
        const milliseconds wait = pacer_.wait(now);
        if (wait == milliseconds(0)) co_return true;
        co_await async_sleep(executor, *alarm, wait);
    }
    co_return false;
}

asio::awaitable<Step> BatchSender::send_part(DeliveryMachine& machine, Send part) {
    http::Request request = request_for(machine.batch(), part);
    report_.batch(part.count, request.body.size());
    const Ticket ticket{pacer_.send(parts_.clock()), suspects_.send()};
    ++in_flight_;
    const Outcome outcome = co_await send(std::move(request), part.count);
    const Lesson lesson = learn(outcome, machine, part, ticket);
    --in_flight_;
    const Time now = parts_.clock();
    report_.concurrency(pacer_.at_once(now));
    Step step = follow(machine, outcome, lesson, now);
    if (!step.alarm.empty()) report_.refused(step.alarm, pacer_.wait(now), now);
    co_return step;
}

Step BatchSender::follow(DeliveryMachine& machine, const Outcome& outcome, const Lesson& lesson, Time now) {
    if (lesson.meets_everybody) return machine.give_all_back(outcome, lesson.wait, now);
    if (lesson.set_aside) return machine.set_aside(outcome, lesson.wait, lesson.hopeless, now);
    return machine.resume(outcome, lesson.wait, now);
}

// For the records of a part whose turn came after another request had closed the account, or after the end: nobody saw
// them. The breaker is enough for those of a paused account, so that they go at once where a reload ends the pause.
milliseconds BatchSender::wait_unsent() {
    const bool paused = parts_.memory->status().state == AccountStatus::State::Paused;
    return over_ || paused ? milliseconds(0) : pacer_.wait(parts_.clock());
}

http::Request BatchSender::request_for(const std::vector<model::StoredRecord>& batch, Send part) const {
    if (part.count == batch.size()) return parts_.destination.encode(batch);
    const auto first = batch.begin() + static_cast<std::ptrdiff_t>(part.first);
    return parts_.destination.encode({first, first + static_cast<std::ptrdiff_t>(part.count)});
}

asio::awaitable<Outcome> BatchSender::send(http::Request request, std::size_t count) {
    Outcome outcome = net::Failure{net::ClientErrc::Ambiguous, "cancelled"};
    const auto began = std::chrono::steady_clock::now();
    std::string label = result_label(std::get<net::Failure>(outcome));
    co_await asio::this_coro::throw_if_cancelled(true);  // so that a client that is cancelled begins nothing further
    try {
        auto answer = co_await parts_.client.send(std::move(request));
        if (answer.has_value()) {
            label = result_label(*answer);
            outcome = read(*answer, count);
        } else {
            label = result_label(answer.error());
            outcome = answer.error();
        }
    } catch (const std::exception& failure) {
        outcome = net::Failure{net::ClientErrc::Ambiguous, failure.what()};
    }
    co_await asio::this_coro::throw_if_cancelled(false);
    report_.sent(label, std::chrono::steady_clock::now() - began, parts_.clock());
    co_return outcome;
}

Outcome BatchSender::read(const http::Response& response, std::size_t count) const {
    return parts_.destination.judge(response, count, parts_.wall());
}

// Tells the pacer and the suspects how a request ended.
BatchSender::Lesson BatchSender::learn(const Outcome& outcome, DeliveryMachine& machine, Send part, Ticket ticket) {
    if (over_) return {};  // a request that stopping has cancelled says nothing about the destination
    const auto* verdict = std::get_if<destination::Verdict>(&outcome);
    if (verdict != nullptr) report_.warnings(*verdict, parts_.clock());
    if (const auto trouble = trouble_of(outcome, part.count)) {
        Lesson lesson = fail(machine, part, ticket, *trouble);
        const auto* failure = std::get_if<net::Failure>(&outcome);
        if (failure != nullptr && failure->code == net::ClientErrc::CertificateRefused) lesson.wait = milliseconds(0);
        return lesson;
    }
    const Time now = parts_.clock();
    if (std::holds_alternative<destination::Pause>(verdict->decision)) {
        suspects_.failed(machine.batch(), part.first, part.count, false, now, 0);
        pacer_.refused(ticket.pace, now);
        return {};  // see wait_unsent
    }
    for (const std::size_t i : machine.refused_alone(outcome))
        if (suspects_.refused(machine.batch()[i].id, words_of_refusal(*verdict), now)) machine.believe_refusal(i);
    const auto doubted = machine.doubtful(outcome);
    if (!doubted.empty()) return doubt(machine, *verdict, doubted, ticket);
    const auto delivered = [](const auto& record) { return record.fate == destination::Fate::Delivered; };
    if (std::ranges::any_of(verdict->records, delivered))
        suspects_.passed(machine.batch(), part.first, part.count, ticket.order);
    const bool is_search =
        std::holds_alternative<destination::Isolate>(verdict->decision) && suspects_.meets_everybody();
    if (!is_search && pacer_.answered(ticket.pace, now, in_flight_)) report_.answered();
    return {};
}

// The refusals of these records are not the last word. Where everything else is refused as well, the account waits.
BatchSender::Lesson BatchSender::doubt(const DeliveryMachine& machine, const destination::Verdict& verdict,
                                       const std::vector<std::size_t>& doubted, Ticket ticket) {
    const Time now = parts_.clock();
    const double random = parts_.random();
    const bool is_complete = machine.is_refused_in_common(verdict);
    const auto words = words_of_refusal(verdict);
    const auto doubt = suspects_.doubt(machine.batch(), doubted, now, random);
    report_.doubted(doubted.size(), std::string(words), doubt.wait, now);
    if (!is_complete || !doubt.meets_everybody) return {doubt.wait};
    suspects_.gave_back(machine.sent_and_unsettled(), now);
    const milliseconds wait = pacer_.failed(ticket.pace, std::nullopt, now, random);
    report_.failed("every event is refused alike, as if the destination were out of order: " + std::string(words), wait,
                   now);
    return {wait, false, false, true};
}

BatchSender::Lesson BatchSender::fail(const DeliveryMachine& machine, Send part, Ticket ticket,
                                      const Trouble& trouble) {
    const Time now = parts_.clock();
    const double random = parts_.random();
    const auto failure = suspects_.failed(machine.batch(), part.first, part.count, trouble.maybe_content, now, random);
    if (!failure.spares_account) {
        const milliseconds wait = pacer_.failed(ticket.pace, trouble.wish, now, random);
        report_.failed(trouble.reason, wait, now);
        return {wait};
    }
    report_.set_aside(machine.batch(), part, failure.alone, trouble.reason, failure.wait, now);
    return {failure.wait, true, failure.hopeless};
}

asio::awaitable<void> BatchSender::settle(std::vector<spool::Settlement> settlements) {
    if (settlements.empty()) co_return;
    const asio::any_io_executor executor = parts_.context.get_executor();
    const auto alarm = parts_.make_alarm();
    for (;;) {
        std::vector<spool::Settlement> attempt = settlements;
        const Result<void> done = co_await async_settle(executor, parts_.spool, std::move(attempt));
        if (done.has_value()) {
            report_.store_works();
            co_return;
        }
        const ErrorCode error = done.error();
        report_.store_failed("settle", error, parts_.clock());
        if (over_ || error == spool::SpoolErrc::Closed) break;
        co_await async_sleep(executor, *alarm, options_.look_again);
    }
    report_.settlements_lost(settlements.size());
}

}  // namespace pinrelay::deliver
