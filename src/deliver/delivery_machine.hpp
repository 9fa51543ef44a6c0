#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "deliver/isolation/common_refusal.hpp"
#include "pinrelay/deliver/dispatch_options.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/net/client.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::deliver {

// The result of one send: the destination answered, or the request failed.
using Outcome = std::variant<destination::Verdict, net::Failure>;

// Why it did not end well, in the destination's words.
std::string words_of(const Outcome& outcome);

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
//   a part sent → Judged: each record is delivered or a dead letter
//               → Isolate: its halves are sent after the other parts; a record that is alone becomes a dead letter
//               → Retry, Pause, broken connection: the other records go back to the store, the account waits
//
// A record that the destination has processed is never sent again. The send of a record is ambiguous if the connection
// broke, or if the answer says nothing about the record. An offline record becomes a dead letter after an ambiguous
// send, unless the operator wants it sent again.
//
// A refusal that may meet everybody buries nobody: see CommonRefusal. Then the caller decides.
//
// One bad record among n costs at most 2·log2(n) + 2 requests.
class DeliveryMachine {
public:
    explicit DeliveryMachine(std::vector<model::StoredRecord> batch,
                             AmbiguousOffline on_ambiguous = AmbiguousOffline::DeadLetter);

    // The batch is sent in parts of these lengths, whose sum is its size. `refused_before`: as in CommonRefusal.
    DeliveryMachine(std::vector<model::StoredRecord> batch, const std::vector<std::size_t>& parts, bool refused_before,
                    AmbiguousOffline on_ambiguous);

    const std::vector<model::StoredRecord>& batch() const noexcept { return batch_; }

    Send start() const { return waiting_.front(); }

    // `wait` is what the retry policy gives for a failure now; `now` stamps the records that go back.
    Step resume(const Outcome& outcome, std::chrono::milliseconds wait, Time now);

    // Whether this outcome completes the evidence that all of the batch is refused with the same words. The caller then
    // calls `give_all_back`, or `refusals_are_final` and `resume`.
    bool is_refused_in_common(const Outcome& outcome) const;
    void refusals_are_final() noexcept { common_.decide(); }
    Step give_all_back(std::chrono::milliseconds wait, Time now);

    // The part failed, and the reason is in its records, not in the account: they go back for `wait`, or become dead
    // letters where `hopeless`; the other parts go on.
    Step set_aside(const Outcome& outcome, std::chrono::milliseconds wait, bool hopeless, Time now);

    // The part was not sent: the account waits. Everything that is left goes back.
    Step not_sent(std::chrono::milliseconds wait, Time now);

private:
    Step judged(const destination::Verdict& verdict, std::chrono::milliseconds wait, Time now);
    Step isolate(const destination::Verdict& verdict, bool ambiguous, Time now);
    void refuse_alone(Step& step, std::size_t index, const spool::DeadLetterReason& reason, const std::string& message);
    void bury_refused(Step& step);
    void sample_singles();
    bool must_not_repeat(const model::StoredRecord& stored) const noexcept;
    bool holds_unrepeatable(Send sent) const;
    Step next_or_finish(Step step);
    Step give_back(Step step, std::chrono::milliseconds wait, Time now);
    void give_back_unsure(Step& step, Send sent, std::chrono::milliseconds wait, Time now) const;
    spool::Settlement retry(std::size_t index, std::chrono::milliseconds wait, Time now) const;
    spool::Settlement dead(std::size_t index, const spool::DeadLetterReason& reason, const std::string& message) const;
    void count_send();
    Send take_first();

    struct Refused {
        std::size_t index = 0;
        const spool::DeadLetterReason* reason = nullptr;
        std::string message;
    };

    std::vector<model::StoredRecord> batch_;
    std::vector<int> sends_;  // requests that carried each record
    AmbiguousOffline ambiguous_offline_;
    std::deque<Send> waiting_;  // the first is what is being sent
    CommonRefusal common_;
    std::vector<Refused> refused_;  // alone, and not settled before it is known whether everybody is refused
};

}  // namespace pinrelay::deliver
