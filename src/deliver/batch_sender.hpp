#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <vector>

#include "account_report.hpp"
#include "deliver/pacing/pacer.hpp"
#include "delivery_machine.hpp"
#include "pinrelay/deliver/dispatch_options.hpp"
#include "pinrelay/deliver/dispatch_parts.hpp"

namespace pinrelay::deliver {

// Takes leased batches to their end: sends what the delivery machine says, tells the pacer how it went, and settles.
// Several batches may be under way at once, on one thread.
class BatchSender {
public:
    BatchSender(DispatchParts& parts, const DispatchOptions& options);

    // Every record of the batch is settled when it ends, but for those that the store would not take before `give_up`.
    // Terminal cancellation ends the request in flight.
    boost::asio::awaitable<void> deliver(std::vector<model::StoredRecord> leased);

    // Nothing is sent and no failing store waited for any more.
    void give_up() noexcept { over_ = true; }

    Pacer& pacer() noexcept { return pacer_; }
    AccountReport& report() noexcept { return report_; }

private:
    struct Sent {
        Outcome outcome;
        std::chrono::milliseconds wait{};  // for the records that go back because of it
    };
    boost::asio::awaitable<Sent> send_part(const DeliveryMachine& machine, Send part);
    Sent unsent();
    boost::asio::awaitable<Outcome> send(http::Request request, std::size_t count);
    boost::asio::awaitable<bool> may_send();
    boost::asio::awaitable<void> settle(std::vector<spool::Settlement> settlements);
    http::Request request_for(const std::vector<model::StoredRecord>& batch, Send part) const;
    Outcome read(const http::Response& response, std::size_t count) const;
    std::chrono::milliseconds learn(const Outcome& outcome, std::size_t count, Pacer::Ticket ticket);

    DispatchParts& parts_;
    const DispatchOptions& options_;
    Pacer pacer_;
    AccountReport report_;
    std::size_t in_flight_ = 0;  // requests
    bool over_ = false;
};

}  // namespace pinrelay::deliver
