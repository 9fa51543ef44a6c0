#include "head_scanner.hpp"

#include "pinrelay/http/characters.hpp"

namespace pinrelay::http {
namespace {

bool is_request_line(std::string_view line) {
    const auto first = line.find(' ');
    if (first == std::string_view::npos) return false;
    const auto second = line.find(' ', first + 1);
    if (second == std::string_view::npos) return false;
    const auto method = line.substr(0, first);
    const auto target = line.substr(first + 1, second - first - 1);
    const auto version = line.substr(second + 1);
    return !method.empty() && all_of_class(method, TokenChar) && !target.empty() &&
           all_of_class(target, VisibleAscii) && (version == "HTTP/1.1" || version == "HTTP/1.0");
}

bool is_field(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    return all_of_class(line.substr(0, colon), TokenChar) && is_field_value(line.substr(colon + 1));
}

// A line that has not ended yet is hopeless once it holds a byte that no line may hold.
bool may_become_line(std::string_view part) {
    if (!part.empty() && part.back() == '\r') part.remove_suffix(1);
    return is_field_value(part);
}

}  // namespace

HeadScanner::State HeadScanner::refuse(const Refusal& why) {
    refusal_ = why;
    return State::Refused;
}

HeadScanner::State HeadScanner::judge_line(std::string_view line) {
    if (!in_fields_) {
        in_fields_ = true;
        return is_request_line(line) ? State::NeedMore : refuse(refusals::request_line);
    }
    if (line.empty()) return State::Complete;
    if (++fields_ > field_limit_) return refuse(refusals::header_too_large);
    return is_field(line) ? State::NeedMore : refuse(refusals::header);
}

HeadScanner::State HeadScanner::scan(std::string_view head) {
    if (complete_) return State::Complete;
    const auto within = head.substr(0, limit_);
    while (true) {
        const auto end = within.find('\n', checked_);
        if (end == std::string_view::npos) break;
        const auto line = within.substr(line_start_, end - line_start_);
        if (line.empty() || line.back() != '\r') return refuse(in_fields_ ? refusals::header : refusals::request_line);
        checked_ = line_start_ = end + 1;
        const State state = judge_line(line.substr(0, line.size() - 1));
        complete_ = state == State::Complete;
        if (state != State::NeedMore) return state;
    }
    if (!may_become_line(within.substr(checked_)))
        return refuse(in_fields_ ? refusals::header : refusals::request_line);
    // A '\r' at the end is judged by the byte behind it.
    checked_ = within.size() - (within.ends_with('\r') ? 1 : 0);
    if (head.size() >= limit_) return refuse(in_fields_ ? refusals::header_too_large : refusals::target_too_long);
    return State::NeedMore;
}

}  // namespace pinrelay::http
