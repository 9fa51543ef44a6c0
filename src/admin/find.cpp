#include "find.hpp"

#include <algorithm>
#include <charconv>
#include <exception>
#include <optional>
#include <utility>

namespace pinrelay::admin {
namespace {

// More are for `pinrelay find`, which keeps no other request waiting.
constexpr std::size_t most_found = 1000;

constexpr std::string_view hint = "use one of ?event_id=…, ?order=… and ?last=1 to 1000";

std::optional<std::size_t> number_in(std::string_view text) {
    std::size_t number = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (wrong != std::errc() || end != text.data() + text.size() || number == 0) return std::nullopt;
    return std::min(number, most_found);
}

std::optional<spool::JournalQuestion> question_in(const http::Request& request) {
    using By = spool::JournalQuestion::By;
    auto event_id = request.query_value("event_id");
    auto order = request.query_value("order");
    const auto last = request.query_value("last");
    if (event_id.has_value() + order.has_value() + last.has_value() != 1) return std::nullopt;
    if (event_id && !event_id->empty()) return spool::JournalQuestion{By::EventId, std::move(*event_id)};
    if (order && !order->empty()) return spool::JournalQuestion{By::Order, std::move(*order)};
    const auto limit = last ? number_in(*last) : std::nullopt;
    if (!limit) return std::nullopt;
    return spool::JournalQuestion{By::Last, {}, *limit};
}

}  // namespace

http::Response find_answer(const http::Request& request,
                           const std::function<std::string(const spool::JournalQuestion&)>& find) {
    const auto question = question_in(request);
    if (!question) return http::error_response(400, "bad_question", "", hint);
    try {
        return {200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, find(*question) + "\n"};
    } catch (const std::exception& failure) {
        return http::error_response(503, "journal_unreadable", "", failure.what());
    }
}

}  // namespace pinrelay::admin
