#include "batch_sender.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "age_check.hpp"
#include "spool_awaitable.hpp"

namespace pinrelay::deliver {
namespace asio = boost::asio;
using std::chrono::milliseconds;

BatchSender::BatchSender(Parts& parts)
    : parts_(parts), gate_(parts.options.retry), report_(parts.destination.name(), parts.metrics, parts.logger) {}

asio::awaitable<void> BatchSender::deliver(std::vector<spool::StoredRecord> leased) {
    co_await asio::this_coro::throw_if_cancelled(false);  // a cancelled request must still be settled
    ByAge by_age = sort_by_age(std::move(leased), parts_.options.oldest_sendable, parts_.clock());
    if (!by_age.too_old.empty()) {
        report_.settled({}, by_age.too_old, parts_.clock());
        co_await settle(std::move(by_age.too_old));
    }
    if (by_age.sendable.empty()) co_return;

    DeliveryMachine machine(std::move(by_age.sendable));
    Step step;
    step.next = machine.start();
    bool first = true;
    while (const Send* part = std::get_if<Send>(&step.next)) {
        const std::size_t count = part->count;
        const auto ticket = gate_.ticket();
        Outcome outcome = http::Failure{http::ClientErrc::NotSent, "stopping"};
        if (!over_) {
            http::Request request = request_for(machine.batch(), *part);
            if (std::exchange(first, false)) report_.batch(count, request.body.size());
            outcome = co_await send(std::move(request), count);
        }
        const milliseconds wait = learn(outcome, count, ticket);
        const Time now = parts_.clock();
        step = machine.resume(outcome, wait, now);
        if (!step.alarm.empty()) report_.refused(step.alarm);
        report_.settled(machine.batch(), step.settlements, now);
        std::vector<spool::Settlement> settlements = std::move(step.settlements);
        co_await settle(std::move(settlements));
    }
}

http::Request BatchSender::request_for(const std::vector<spool::StoredRecord>& batch, Send part) const {
    if (part.count == batch.size()) return parts_.destination.encode(batch);
    const auto first = batch.begin() + static_cast<std::ptrdiff_t>(part.first);
    return parts_.destination.encode({first, first + static_cast<std::ptrdiff_t>(part.count)});
}

asio::awaitable<Outcome> BatchSender::send(http::Request request, std::size_t count) {
    Outcome outcome = http::Failure{http::ClientErrc::Ambiguous, "cancelled"};
    const auto began = std::chrono::steady_clock::now();
    std::string label = result_label(std::get<http::Failure>(outcome));
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
        outcome = http::Failure{http::ClientErrc::Ambiguous, failure.what()};
    }
    co_await asio::this_coro::throw_if_cancelled(false);
    report_.sent(label, std::chrono::steady_clock::now() - began);
    co_return outcome;
}

Outcome BatchSender::read(const http::Response& response, std::size_t count) const {
    return parts_.destination.judge(response, count, parts_.clock());
}

// Tells the gate how a request ended; gives the wait for the records that go back because of it.
milliseconds BatchSender::learn(const Outcome& outcome, std::size_t count, AccountGate::Ticket ticket) {
    if (over_) return milliseconds(0);  // a request that stopping has cancelled says nothing about the destination
    const Time now = parts_.clock();
    const auto fail = [&](std::optional<milliseconds> wish, const std::string& reason) {
        const milliseconds wait = gate_.failed(ticket, wish, now, parts_.random());
        report_.failed(reason, wait);
        return wait;
    };
    if (const auto* failure = std::get_if<http::Failure>(&outcome)) return fail(std::nullopt, failure->reason);
    const auto& verdict = std::get<destination::Verdict>(outcome);
    report_.warnings(verdict);
    if (const auto* retry = std::get_if<destination::Retry>(&verdict.decision))
        return fail(retry->after, verdict.message);
    if (std::holds_alternative<destination::Pause>(verdict.decision)) return gate_.refused(ticket, now);
    if (std::holds_alternative<destination::Judged>(verdict.decision) && verdict.records.size() < count)
        return fail(std::nullopt, "the answer leaves out some of the events");
    if (gate_.answered(ticket)) report_.answered();
    return milliseconds(0);
}

asio::awaitable<void> BatchSender::settle(std::vector<spool::Settlement> settlements) {
    if (settlements.empty()) co_return;
    const asio::any_io_executor executor = parts_.context.get_executor();
    asio::steady_timer timer(executor);
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
        ErrorCode ignored;
        timer.expires_after(parts_.options.look_again);
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    report_.settlements_lost(settlements.size());
}

}  // namespace pinrelay::deliver
