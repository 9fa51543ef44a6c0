#include "batch_sender.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <string>
#include <utility>

#include "deliver/waiting/alarm_awaitable.hpp"
#include "deliver/waiting/spool_awaitable.hpp"
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

}  // namespace

BatchSender::BatchSender(DispatchParts& parts, const DispatchOptions& options)
    : parts_(parts),
      options_(options),
      pacer_(options.retry, rate_of(parts.destination, options), options.concurrency),
      report_(parts.destination.name(), parts.metrics, parts.logger) {}

asio::awaitable<void> BatchSender::deliver(std::vector<model::StoredRecord> leased) {
    co_await asio::this_coro::throw_if_cancelled(false);  // a cancelled request must still be settled
    const SendLimits limits{parts_.destination.age_limits(), options_.ambiguous_offline};
    Checked checked = check_before_sending(std::move(leased), limits, parts_.clock());
    if (!checked.given_up.empty()) {
        report_.settled({}, checked.given_up, parts_.clock());
        co_await settle(std::move(checked.given_up));
    }
    if (checked.sendable.empty()) co_return;

    DeliveryMachine machine(std::move(checked.sendable), options_.ambiguous_offline);
    Step step;
    step.next = machine.start();
    while (const Send* part = std::get_if<Send>(&step.next)) {
        const bool allowed = co_await may_send();
        Sent sent = unsent();
        if (allowed) sent = co_await send_part(machine, *part);
        step = machine.resume(sent.outcome, sent.wait, parts_.clock());
        if (!step.alarm.empty()) report_.refused(step.alarm);
        report_.settled(machine.batch(), step.settlements, parts_.clock());
        std::vector<spool::Settlement> settlements = std::move(step.settlements);
        co_await settle(std::move(settlements));
    }
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

asio::awaitable<BatchSender::Sent> BatchSender::send_part(const DeliveryMachine& machine, Send part) {
    http::Request request = request_for(machine.batch(), part);
    if (part.count == machine.batch().size()) report_.batch(part.count, request.body.size());
    const Pacer::Ticket ticket = pacer_.send(parts_.clock());
    ++in_flight_;
    Outcome outcome = co_await send(std::move(request), part.count);
    const milliseconds wait = learn(outcome, part.count, ticket);
    --in_flight_;
    report_.concurrency(pacer_.at_once(parts_.clock()));
    Sent sent{std::move(outcome), wait};
    co_return sent;
}

// A part whose turn came after another request had closed the account, or after the end: nobody saw its records.
BatchSender::Sent BatchSender::unsent() {
    const milliseconds wait = over_ ? milliseconds(0) : pacer_.wait(parts_.clock());
    return {net::Failure{net::ClientErrc::NotSent, "the account waits"}, wait};
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
    report_.sent(label, std::chrono::steady_clock::now() - began);
    co_return outcome;
}

Outcome BatchSender::read(const http::Response& response, std::size_t count) const {
    return parts_.destination.judge(response, count, parts_.clock());
}

// Tells the pacer how a request ended; gives the wait for the records that go back because of it.
milliseconds BatchSender::learn(const Outcome& outcome, std::size_t count, Pacer::Ticket ticket) {
    if (over_) return milliseconds(0);  // a request that stopping has cancelled says nothing about the destination
    const Time now = parts_.clock();
    const auto fail = [&](std::optional<milliseconds> wish, const std::string& reason) {
        const milliseconds wait = pacer_.failed(ticket, wish, now, parts_.random());
        report_.failed(reason, wait);
        return wait;
    };
    if (const auto* failure = std::get_if<net::Failure>(&outcome)) return fail(std::nullopt, failure->reason);
    const auto& verdict = std::get<destination::Verdict>(outcome);
    report_.warnings(verdict);
    if (const auto* retry = std::get_if<destination::Retry>(&verdict.decision))
        return fail(retry->after, verdict.message);
    if (std::holds_alternative<destination::Pause>(verdict.decision)) return pacer_.refused(ticket, now);
    if (std::holds_alternative<destination::Judged>(verdict.decision) && verdict.records.size() < count)
        return fail(std::nullopt, "the answer leaves out some of the events");
    if (pacer_.answered(ticket, now, in_flight_)) report_.answered();
    return milliseconds(0);
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
        report_.store_failed("settle", error);
        if (over_ || error == spool::SpoolErrc::Closed) break;
        co_await async_sleep(executor, *alarm, options_.look_again);
    }
    report_.settlements_lost(settlements.size());
}

}  // namespace pinrelay::deliver
