#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <vector>

#include "deliver/isolation/trouble.hpp"
#include "deliver/pacing/pacer.hpp"
#include "deliver/report/account_report.hpp"
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
    Suspects& suspects() noexcept { return suspects_; }
    AccountReport& report() noexcept { return report_; }

private:
    // When a request was sent, for all that compare it with others.
    struct Ticket {
        Pacer::Ticket pace;
        Suspects::Ticket order = 0;
    };
    // What a request that has ended means for its records.
    struct Lesson {
        std::chrono::milliseconds wait{};  // for the records that go back because of it
        bool set_aside = false;            // the reason is in its records; the other parts go on
        bool hopeless = false;             // and it was tried often enough
        bool meets_everybody = false;      // it was refused, as everything else is
    };
    boost::asio::awaitable<Step> send_part(DeliveryMachine& machine, Send part);
    std::chrono::milliseconds wait_unsent();
    boost::asio::awaitable<Outcome> send(http::Request request, std::size_t count);
    boost::asio::awaitable<bool> may_send();
    boost::asio::awaitable<void> settle(std::vector<spool::Settlement> settlements);
    http::Request request_for(const std::vector<model::StoredRecord>& batch, Send part) const;
    Outcome read(const http::Response& response, std::size_t count) const;
    Lesson learn(const Outcome& outcome, DeliveryMachine& machine, Send part, Ticket ticket);
    Lesson fail(const DeliveryMachine& machine, Send part, Ticket ticket, const Trouble& trouble);
    Lesson doubt(const DeliveryMachine& machine, const destination::Verdict& verdict,
                 const std::vector<std::size_t>& doubted, Ticket ticket);
    Step follow(DeliveryMachine& machine, const Outcome& outcome, const Lesson& lesson, Time now);
    void report_settled(const std::vector<model::StoredRecord>& batch,
                        const std::vector<spool::Settlement>& settlements);
    void forget_settled(const std::vector<spool::Settlement>& settlements);

    DispatchParts& parts_;
    const DispatchOptions& options_;
    Suspects& suspects_;  // shared with the account's other dispatchers
    Pacer pacer_;
    AccountReport report_;
    std::size_t in_flight_ = 0;  // requests
    bool over_ = false;
};

}  // namespace pinrelay::deliver
