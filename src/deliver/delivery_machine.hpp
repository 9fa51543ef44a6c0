#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "pinrelay/deliver/dispatch_options.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/net/client.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::deliver {

// The result of one send: the destination answered, or the request failed.
using Outcome = std::variant<destination::Verdict, net::Failure>;

// Send records [first, first + count) of the batch.
struct Send {
    std::size_t first = 0;
    std::size_t count = 0;
};

// The batch is over: each of its records is settled by now, by this step or an earlier one.
struct Finish {};

// What the caller does next: first it stores `settlements`, then it follows `next`.
struct Step {
    std::vector<spool::Settlement> settlements;
    std::variant<Send, Finish> next;
    std::string alarm;  // a sentence for the operator if the account has to be paused; else empty
};

// Decides what becomes of one batch. Pure: no socket, clock or randomness of its own. Each batch has its own object.
//
//   whole batch sent → Judged: each record is delivered or a dead letter
//                    → Isolate: the halves are sent one after the other; a record that is alone becomes a dead letter
//                    → Retry, Pause, broken connection: the other records go back to the store, the account waits
//
// A record that the destination has processed is never sent again. The send of a record is ambiguous if the connection
// broke, or if the answer says nothing about the record. An offline record becomes a dead letter after an ambiguous
// send, unless the operator wants it sent again.
//
// One bad record among n costs at most 2·log2(n) + 2 requests.
class DeliveryMachine {
public:
    explicit DeliveryMachine(std::vector<model::StoredRecord> batch,
                             AmbiguousOffline on_ambiguous = AmbiguousOffline::DeadLetter);

    const std::vector<model::StoredRecord>& batch() const noexcept { return batch_; }

    Send start();

    // `wait` is what the retry policy gives for a failure now; `now` stamps the records that go back.
    Step resume(const Outcome& outcome, std::chrono::milliseconds wait, Time now);

private:
    Step judged(const destination::Verdict& verdict, std::chrono::milliseconds wait, Time now);
    Step isolate(const destination::Verdict& verdict, bool ambiguous, Time now);
    bool must_not_repeat(const model::StoredRecord& stored) const noexcept;
    bool holds_unrepeatable(Send sent) const;
    Step next_or_finish(Step step);
    Step give_back(Step step, std::chrono::milliseconds wait, Time now);
    void give_back_unsure(Step& step, Send sent, std::chrono::milliseconds wait, Time now) const;
    spool::Settlement retry(const model::StoredRecord& stored, std::chrono::milliseconds wait, Time now) const;
    Send take_top();

    std::vector<model::StoredRecord> batch_;
    AmbiguousOffline ambiguous_offline_;
    std::vector<Send> waiting_;  // a stack; the top is what is being sent
};

}  // namespace pinrelay::deliver
