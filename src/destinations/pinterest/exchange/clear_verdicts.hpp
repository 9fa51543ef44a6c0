#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "answer.hpp"

namespace pinrelay::destinations::pinterest {

using Contradictions = std::vector<std::string_view>;

// What a list of verdicts and the counts beside it settle, of `count` events that were sent.
//
//   one entry for each       each event has its entry's verdict, whatever the counts are. A status that nobody knows is
//                            "processed" where num_events_processed accounts for it, else Unclear. One that is "failed"
//                            is maybe_delivered where more were processed than that allows
//   no list, too short,      whose entries these are cannot be told. num_events_processed settles all of them where it
//   too long                 is `count`, no entry is "failed" and num_events_received does not deny it; else there is
//                            no verdict: the result is empty
std::vector<destination::RecordVerdict> verdicts_of(Answer answer, std::size_t count);

// Labels, each once:
//   counts_differ            a count is not what the entries, or the events that were sent, make it
//   entries_missing, entries_extra
//                            a list that is not as long as the list of events that were sent; none at all is fine
//   unknown_status           neither "processed" nor "failed", and no error
//   failed_without_reason, processed_with_error
//   status_differs           the request was refused, by its HTTP status, and no entry is "failed"
Contradictions contradictions_of(const Answer& answer, std::size_t count, bool is_refusal);

}  // namespace pinrelay::destinations::pinterest
