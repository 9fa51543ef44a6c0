#include "pinrelay/destination/retry_after.hpp"

#include <algorithm>
#include <charconv>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/destination/http_date.hpp"

namespace pinrelay::destination {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

}  // namespace

std::optional<milliseconds> delta_seconds(std::string_view text) {
    text = ascii::trimmed(text, ascii::blanks);
    const bool digits_only = !text.empty() && ascii::all_digits(text);
    if (!digits_only) return std::nullopt;
    seconds::rep count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc()) return longest_wish;  // more digits than a number holds
    return std::min<seconds>(seconds(count), longest_wish);
}

std::optional<milliseconds> retry_after(std::string_view text, Time now) {
    if (const auto delta = delta_seconds(text)) return delta;
    const auto date = http_date(text);
    if (!date) return std::nullopt;
    const auto wait = std::chrono::ceil<milliseconds>(*date - now);
    return std::clamp<milliseconds>(wait, milliseconds::zero(), longest_wish);
}

}  // namespace pinrelay::destination
