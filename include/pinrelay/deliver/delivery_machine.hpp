#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "pinrelay/destination/destination.hpp"
#include "pinrelay/http/client.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::deliver {

// Where one send stands after it ended.
using Outcome = std::variant<destination::Verdict, http::Failure>;

// Send records [first, first + count) of the batch.
struct Send {
    std::size_t first = 0;
    std::size_t count = 0;
};

// The batch is over: each record not settled yet goes back to the spool. The account waits `pause` before its next
// batch; zero when all went well.
struct Finish {
    std::chrono::milliseconds pause{};
};

// What to do next; `settlements` first, then `next`.
struct Step {
    std::vector<spool::Settlement> settlements;
    std::variant<Send, Finish> next;
    std::string alarm;  // a sentence for the operator where the account had to be paused; else ""
};

// Decides what becomes of one batch. Pure: no socket, clock or randomness of its own. One batch, one object.
//
//   whole batch sent → Judged: each record delivered or dead-lettered
//                    → Isolate: halves are sent one after the other, a single record is dead-lettered
//                    → Retry, Pause, broken connection: what is left goes back to the spool, the account waits
//
// A record that the destination has processed is never sent again. An offline record whose send ended ambiguously
// is dead-lettered, since the destination would count a second copy.
class DeliveryMachine {
public:
    explicit DeliveryMachine(std::vector<spool::StoredRecord> batch);

    const std::vector<spool::StoredRecord>& batch() const noexcept { return batch_; }

    Send start();

    // `wait` is what the retry policy gives for a failure now; `now` stamps the records that go back.
    Step resume(const Outcome& outcome, std::chrono::milliseconds wait, Time now);

private:
    struct Range {
        std::size_t first;
        std::size_t count;
    };

    Step next_or_finish(Step step);
    Step give_back(Step step, std::chrono::milliseconds wait, Time now, bool ambiguous);

    std::vector<spool::StoredRecord> batch_;
    std::vector<Range> waiting_;  // a stack; the top is what is being sent
};

}  // namespace pinrelay::deliver
