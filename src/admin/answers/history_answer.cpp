#include "history_answer.hpp"

#include "json_parts.hpp"

namespace pinrelay::admin {
namespace {

void write_numbers(JsonWriter& json, std::string_view name, const std::vector<std::uint64_t>& numbers) {
    json.key(name);
    json.begin_array();
    for (const std::uint64_t number : numbers) json.raw(std::to_string(number));
    json.end_array();
}

void write_series(JsonWriter& json, const HistorySeries& series) {
    json.begin_object();
    json.member("account", series.account);
    json.member("event", series.event);
    write_numbers(json, "accepted", series.accepted);
    write_numbers(json, "delivered", series.delivered);
    write_numbers(json, "dropped", series.dropped);
    write_numbers(json, "pending", series.pending);
    json.end_object();
}

http::Response answer_of(const HistoryView& view) {
    JsonWriter json;
    json.begin_object();
    write_number(json, "step", static_cast<std::uint64_t>(view.step.count()));
    write_time(json, "end", view.end);
    write_time(json, "since", view.since);
    json.key("series");
    json.begin_array();
    for (const auto& series : view.series) write_series(json, series);
    json.end_array();
    json.end_object();
    return json_answer(json);
}

}  // namespace

http::Response history_answer(const http::Request& request, const std::function<HistoryView(HistorySpan)>& history) {
    const std::string span = request.query_value("span").value_or("hour");
    if (span == "hour") return answer_of(history(HistorySpan::Hour));
    if (span == "day") return answer_of(history(HistorySpan::Day));
    return http::error_response(400, "bad_value", "span", "span is hour or day");
}

}  // namespace pinrelay::admin
