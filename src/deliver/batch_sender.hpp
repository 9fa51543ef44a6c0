#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <vector>

#include "account_gate.hpp"
#include "account_report.hpp"
#include "pinrelay/deliver/delivery_machine.hpp"
#include "pinrelay/deliver/dispatcher.hpp"

namespace pinrelay::deliver {

// What make_dispatcher was lent.
struct Parts {
    boost::asio::io_context& context;
    const destination::Destination& destination;
    spool::Spool& spool;
    http::Client& client;
    metrics::Metrics& metrics;
    DispatchOptions options;
    Clock clock;
    Random random;
    Logger& logger;
};

// Takes leased batches to their end: sends what the delivery machine says, tells the gate how it went, and settles.
// Several batches may be under way at once, on one thread.
class BatchSender {
public:
    explicit BatchSender(Parts& parts);

    // Every record of the batch is settled when it ends, but for those that the store would not take before `give_up`.
    // Terminal cancellation ends the request in flight.
    boost::asio::awaitable<void> deliver(std::vector<spool::StoredRecord> leased);

    // Nothing is sent and no failing store waited for any more.
    void give_up() noexcept { over_ = true; }

    AccountGate& gate() noexcept { return gate_; }
    AccountReport& report() noexcept { return report_; }

private:
    boost::asio::awaitable<Outcome> send(http::Request request, std::size_t count);
    boost::asio::awaitable<void> settle(std::vector<spool::Settlement> settlements);
    http::Request request_for(const std::vector<spool::StoredRecord>& batch, Send part) const;
    Outcome read(const http::Response& response, std::size_t count) const;
    std::chrono::milliseconds learn(const Outcome& outcome, std::size_t count, AccountGate::Ticket ticket);

    Parts& parts_;
    AccountGate gate_;
    AccountReport report_;
    bool over_ = false;
};

}  // namespace pinrelay::deliver
