#include "pinrelay/http/response_writer.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/characters.hpp"

namespace pinrelay::http {
namespace {

struct Reason {
    int status;
    std::string_view text;
};

constexpr std::array reasons = {
    Reason{200, "OK"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{304, "Not Modified"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{408, "Request Timeout"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{417, "Expectation Failed"},
    Reason{422, "Unprocessable Content"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{503, "Service Unavailable"},
};

// The phrase carries no meaning in HTTP: a status without a row gets an empty one.
std::string_view reason_of(int status) {
    const auto* row = std::ranges::find_if(reasons, [status](const Reason& r) { return r.status == status; });
    return row == reasons.end() ? std::string_view{} : row->text;
}

constexpr std::array<std::string_view, 4> connection_fields = {"Content-Length", "Connection", "Transfer-Encoding",
                                                               "Date"};

bool may_be_written(std::string_view name, std::string_view value) {
    if (name.empty() || !all_of_class(name, TokenChar) || !is_field_value(value)) return false;
    return std::ranges::none_of(connection_fields,
                                [name](std::string_view own) { return ascii::equals_ignoring_case(own, name); });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

void append_two_digits(std::string& out, unsigned number) {
    constexpr unsigned ten = 10;
    out.push_back(static_cast<char>('0' + number / ten % ten));
    out.push_back(static_cast<char>('0' + number % ten));
}

}  // namespace

bool status_allows_body(int status) noexcept {
    constexpr int first_final = 200;
    constexpr int no_content = 204;
    constexpr int not_modified = 304;
    return status >= first_final && status != no_content && status != not_modified;
}

void append_head(std::string& out, const Response& response, const AnswerFrame& frame) {
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(reason_of(response.status)).append("\r\n");
    append_field(out, "Date", frame.date);
    for (const auto& [name, value] : response.headers)
        if (may_be_written(name, value)) append_field(out, name, value);
    if (!frame.is_open && status_allows_body(response.status))
        append_field(out, "Content-Length", std::to_string(response.body.size()));
    if (!frame.keep_alive) append_field(out, "Connection", "close");
    if (frame.keep_alive && frame.say_keep_alive) append_field(out, "Connection", "keep-alive");
    out.append("\r\n");
}

std::string http_date(Time time) {
    constexpr std::array<std::string_view, 7> weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    std::string text;
    text.append(weekdays[std::chrono::weekday(day).c_encoding()]).append(", ");
    append_two_digits(text, static_cast<unsigned>(date.day()));
    text.append(" ").append(months[static_cast<unsigned>(date.month()) - 1]).append(" ");
    text.append(std::to_string(static_cast<int>(date.year()))).append(" ");
    append_two_digits(text, static_cast<unsigned>(clock.hours().count()));
    text.append(":");
    append_two_digits(text, static_cast<unsigned>(clock.minutes().count()));
    text.append(":");
    append_two_digits(text, static_cast<unsigned>(clock.seconds().count()));
    return text.append(" GMT");
}

}  // namespace pinrelay::http
