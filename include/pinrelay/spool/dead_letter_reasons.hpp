#pragma once

#include <array>
#include <string_view>

namespace pinrelay::spool {

// Why a record became a dead letter. The label is stored, and is the label of a metric; the meaning is for operators,
// in `pinrelay spool stats` and in docs/operations.md.
struct DeadLetterReason {
    std::string_view label;
    std::string_view meaning;
    bool least_use = false;  // hardly worth a replay: the first to be removed, see DeadLetterLimits
};

namespace reasons {
// From delivery:
inline constexpr DeadLetterReason refused{"refused", "the destination's answer refused this event"};
inline constexpr DeadLetterReason request_refused{"request_refused",
                                                  "the destination refused a request of this event alone"};
inline constexpr DeadLetterReason server_error{
    "server_error", "the destination failed at every request of this event alone, while it took others"};
inline constexpr DeadLetterReason too_old{"too_old", "older than the destination accepts, before it could be sent",
                                          true};
inline constexpr DeadLetterReason late{"late", "no longer fresh before it could be sent, and late_policy is \"drop\"",
                                       true};
inline constexpr DeadLetterReason ambiguous_offline{
    "ambiguous_offline", "an offline event that may have arrived: no answer came; a second one would be counted twice"};
// From the store itself:
inline constexpr DeadLetterReason displaced{
    "displaced", "a more trusted sender sent an event with the same name and id, which is sent in its place", true};
inline constexpr DeadLetterReason maybe_delivered{
    "maybe_delivered", "from a damaged file, which does not say whether the event had been delivered"};
inline constexpr DeadLetterReason lost{"lost", "gone from the store without a verdict; only its count is left"};
}  // namespace reasons

// All reasons. A file that a newer version wrote may have others.
inline constexpr std::array dead_letter_reasons = {
    reasons::refused,           reasons::request_refused, reasons::server_error,    reasons::too_old, reasons::late,
    reasons::ambiguous_offline, reasons::displaced,       reasons::maybe_delivered, reasons::lost};

// The meaning of a stored label; empty for one that is not in the table.
std::string_view meaning_of(std::string_view label) noexcept;

}  // namespace pinrelay::spool
