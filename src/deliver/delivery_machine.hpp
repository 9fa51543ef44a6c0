#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
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

// Likewise of the first record that it refuses; of the whole answer where it refuses none by name.
std::string_view words_of_refusal(const destination::Verdict& verdict);

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
// broke, or if the answer says nothing about the record, or contradicts itself. An offline record becomes a dead letter
// after an ambiguous send, unless the operator wants it sent again.
//
// A refusal of one record is the last word about it if another record was taken in the same answer, or since its
// refusal before that one; else it may be the destination's trouble, and not the record's. Then the record is kept. As
// soon as something of the batch is taken it is sent once more, unless it is all that is left to explain the refusal of
// a part; where nothing is taken it goes back to the store.
//
// One bad record among n costs at most 2·log2(n) + 2 requests.
class DeliveryMachine {
public:
    explicit DeliveryMachine(std::vector<model::StoredRecord> batch,
                             AmbiguousOffline on_ambiguous = AmbiguousOffline::DeadLetter);

    // The batch is sent in parts of these lengths, whose sum is its size. `sample`: as in CommonRefusal.
    DeliveryMachine(std::vector<model::StoredRecord> batch, const std::vector<std::size_t>& parts, std::size_t sample,
                    AmbiguousOffline on_ambiguous);

    const std::vector<model::StoredRecord>& batch() const noexcept { return batch_; }

    Send start() const { return waiting_.front(); }

    // `wait` is what the retry policy gives for a failure now; `now` stamps the records that go back.
    Step resume(const Outcome& outcome, std::chrono::milliseconds wait, Time now);

    // The refusal of this record, by its place in the batch, is the last word: it was refused in an earlier batch, too.
    void believe_refusal(std::size_t index) { refusals_[index].is_believed = true; }

    // The records that the part in flight had refused one by one, with none of it taken, by their places in the batch.
    // Without those that may have arrived all the same, and must not be repeated.
    std::vector<std::size_t> refused_alone(const Outcome& outcome) const;

    // Those of them of which the refusal is not the last word.
    std::vector<std::size_t> doubtful(const Outcome& outcome) const;

    // Whether this outcome completes the evidence that all that is left of the batch is refused with the same words.
    // The caller may then call `give_all_back` in place of `resume`: only refusals that are the last word are settled.
    bool is_refused_in_common(const Outcome& outcome) const;
    Step give_all_back(const Outcome& outcome, std::chrono::milliseconds wait, Time now);

    // The records that no step has settled and that were in a request, the present one included.
    std::vector<model::StoredRecord> sent_and_unsettled() const;

    // The part failed, and the reason is in its records, not in the account: they go back for `wait`, or become dead
    // letters where `hopeless`; the other parts go on.
    Step set_aside(const Outcome& outcome, std::chrono::milliseconds wait, bool hopeless, Time now);

    // The part was not sent: the account waits. Everything that is left goes back.
    Step not_sent(std::chrono::milliseconds wait, Time now);

private:
    Step judged(const destination::Verdict& verdict, std::chrono::milliseconds wait, Time now);
    Step isolate(const destination::Verdict& verdict, bool ambiguous, Time now, std::chrono::milliseconds wait);
    std::vector<std::size_t> settle_answered(Step& step, Send sent, const destination::Verdict& verdict,
                                             std::chrono::milliseconds wait);
    bool is_last_word(std::size_t index) const noexcept;
    void keep_refused(Send part, const destination::Verdict& verdict, const spool::DeadLetterReason& reason,
                      std::chrono::milliseconds wait);
    void note_taken(Step& step);
    bool is_only_explanation(std::size_t index) const;
    void sample_singles();
    void single_out(std::size_t index, std::vector<Send>& singles);
    bool must_not_repeat(const model::StoredRecord& stored) const noexcept;
    bool may_have_arrived(const destination::RecordVerdict& refusal, std::size_t index) const noexcept;
    bool holds_unrepeatable(Send sent) const;
    Step next_or_finish(Step step, Time now);
    Step give_back(Step step, std::chrono::milliseconds wait, Time now);
    void give_back_kept(Step& step, std::chrono::milliseconds at_least, Time now);
    void give_back_unsure(Step& step, std::size_t index, std::chrono::milliseconds wait, Time now) const;
    spool::Settlement retry(std::size_t index, std::chrono::milliseconds wait, Time now) const;
    spool::Settlement dead(std::size_t index, const spool::DeadLetterReason& reason, const std::string& message) const;
    void count_send();
    Send take_first();

    // The last refusal of a record in this batch: alone, where it ever was, else together with others.
    struct Refusal {
        std::size_t answer = 0;        // its number; 0 for none
        std::size_t taken_before = 0;  // the last one before it by which something was taken
        bool alone = false;
        bool is_believed = false;
    };
    struct Kept {
        Send part;
        std::chrono::milliseconds wait{};
        const spool::DeadLetterReason* reason = nullptr;
        std::string message;
    };
    struct RefusedPart {
        Send part;
        std::size_t answer = 0;
    };

    std::vector<model::StoredRecord> batch_;
    std::vector<int> sends_;  // requests that carried each record
    AmbiguousOffline ambiguous_offline_;
    std::deque<Send> waiting_;  // the first is what is being sent
    CommonRefusal common_;
    std::vector<Refusal> refusals_;
    std::vector<Kept> kept_;  // refused one by one, and in doubt
    std::vector<RefusedPart> refused_parts_;
    std::vector<bool> delivered_;
    std::size_t answers_ = 0;
    std::size_t taken_ = 0;  // the number of the last answer by which something was taken
};

}  // namespace pinrelay::deliver
