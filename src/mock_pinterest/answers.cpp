#include "answers.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace pinrelay::mock {
namespace {

using nlohmann::ordered_json;

struct StatusRow {
    int status;
    int code;
    std::string_view reason;
    std::string_view message;
};
// The codes of 400, 401, 403, 404, 429 and 503 are Pinterest's documented ones, 422's is the one seen in the field.
// The other statuses are no part of this endpoint's documentation.
constexpr std::array status_rows = {
    StatusRow{200, 0, "OK", ""},
    StatusRow{204, 0, "No Content", ""},
    StatusRow{302, 0, "Found", "Found"},
    StatusRow{400, 4196, "Bad Request", "Invalid request"},
    StatusRow{401, 2, "Unauthorized", "Authentication failed."},
    StatusRow{403, 29, "Forbidden", "You are not permitted to access that resource."},
    StatusRow{404, 2, "Not Found", "Ad account not found"},
    StatusRow{405, 0, "Method Not Allowed", "Method not allowed"},
    StatusRow{408, 0, "Request Timeout", "Request timed out"},
    StatusRow{413, 0, "Payload Too Large", "Request is too large"},
    StatusRow{415, 0, "Unsupported Media Type", "Content-Type must be application/json"},
    StatusRow{422, 953, "Unprocessable Entity", "Not all events were processed"},
    StatusRow{429, 8, "Too Many Requests", "You have exceeded your rate limit. Try again later."},
    StatusRow{500, 0, "Internal Server Error", "Something went wrong on our end. Sorry about that."},
    StatusRow{502, 0, "Bad Gateway", "Bad gateway"},
    StatusRow{503, 4197, "Service Unavailable", "This endpoint is ramped down and accepts no traffic at the moment"},
    StatusRow{504, 0, "Gateway Timeout", "Gateway timeout"},
};
constexpr std::string_view own_fault = "Something went wrong on our end. Sorry about that.";
constexpr StatusRow any_status{0, 0, "Status", "Unexpected error"};

const StatusRow& row_of(int status) {
    const auto found = std::ranges::find_if(status_rows, [&](const StatusRow& row) { return row.status == status; });
    return found == status_rows.end() ? any_status : *found;
}

std::string dump(const ordered_json& value) {
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

// Written by hand: an answer has up to a thousand entries, nearly all the same.
std::string quoted(const std::string& text) { return text.empty() ? "\"\"" : dump(text); }

std::string entry(const EventVerdict& verdict) {
    return std::string("{\"status\":\"") + (verdict.processed ? "processed" : "failed") +
           "\",\"error_message\":" + quoted(verdict.error) + ",\"warning_message\":" + quoted(verdict.warning) + "}";
}

ordered_json error_object(int status, std::string_view message) {
    const StatusRow& row = row_of(status);
    ordered_json body;
    body["code"] = row.code;
    body["message"] = message.empty() ? row.message : message;
    // Seen in the field on this status alone.
    constexpr int unauthorized = 401;
    if (status == unauthorized) body["status"] = "failure";
    return body;
}

}  // namespace

std::string error_body(int status, std::string_view message, std::optional<int> code) {
    ordered_json body = error_object(status, message);
    if (code) body["code"] = *code;
    if (code && message.empty() && *code != row_of(status).code) body["message"] = own_fault;
    return dump(body);
}

std::string results_body(const std::vector<EventVerdict>& verdicts, std::int64_t difference) {
    std::vector<EventVerdict> answered = verdicts;
    const auto count = static_cast<std::int64_t>(verdicts.size()) + difference;
    answered.resize(static_cast<std::size_t>(std::max<std::int64_t>(count, 0)));
    const auto processed = std::ranges::count_if(verdicts, [](const auto& v) { return v.processed; });

    std::string body = "{\"num_events_received\":" + std::to_string(verdicts.size()) +
                       ",\"num_events_processed\":" + std::to_string(processed) + ",\"events\":[";
    for (std::size_t i = 0; i < answered.size(); ++i) {
        if (i > 0) body += ',';
        body += entry(answered[i]);
    }
    return body + "]}";
}

std::string unprocessable_body(const std::vector<EventVerdict>& verdicts) {
    constexpr int unprocessable = 422;
    // The details are JSON text already: they take the place of the closing brace.
    std::string body = error_body(unprocessable);
    body.pop_back();
    return body + ",\"details\":" + results_body(verdicts) + "}";
}

std::string head_text(const AnswerHead& head, std::size_t content_length) {
    const std::string limit = std::to_string(head.rate_limit.limit);
    std::string out =
        "HTTP/1.1 " + std::to_string(head.status) + " " + std::string(row_of(head.status).reason) + "\r\n";
    const auto field = [&out](std::string_view name, std::string_view value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    field("Content-Type", "application/json");
    field("Content-Length", std::to_string(content_length));
    field("x-pinterest-rid", head.request_id);
    field("X-RateLimit-Limit", limit + ", " + limit + ";w=60;name=\"ads_conversions_ad_account_id\"");
    field("X-RateLimit-Remaining", std::to_string(head.rate_limit.remaining));
    field("X-RateLimit-Reset", std::to_string(head.rate_limit.reset));
    if (head.retry_after) field("Retry-After", *head.retry_after);
    for (const auto& [name, value] : head.headers) field(name, value);
    if (head.announce_close) field("Connection", "close");
    return out + "\r\n";
}

}  // namespace pinrelay::mock
