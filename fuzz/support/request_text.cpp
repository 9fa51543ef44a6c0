#include "request_text.hpp"

#include <algorithm>
#include <chrono>

namespace pinrelay::fuzz {
namespace {

// A little after the events of the golden cases.
constexpr Time received = std::chrono::sys_days(std::chrono::April / 20 / 2024) + std::chrono::seconds(30);
constexpr const char* visitor = "198.51.100.7";

// Takes a line, without its end, from the front of the text.
std::string_view take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

void read_first_line(std::string_view line, http::Request& request) {
    const auto blank = line.find(' ');
    request.method = line.substr(0, blank);
    request.path = "/collect";
    if (blank == std::string_view::npos) return;
    const std::string_view target = line.substr(blank + 1);
    const auto mark = target.find('?');
    if (target.starts_with('/')) request.path = target.substr(0, mark);
    if (mark != std::string_view::npos) request.query = target.substr(mark + 1);
}

}  // namespace

http::Request read_request(std::string_view text) {
    http::Request request;
    request.peer_address = visitor;
    request.received = received;
    read_first_line(take_line(text), request);
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        if (line.empty()) break;
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        std::string_view value = line.substr(colon + 1);
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        request.headers.emplace_back(line.substr(0, colon), value);
    }
    request.body = text;
    return request;
}

}  // namespace pinrelay::fuzz
