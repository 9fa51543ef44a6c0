#include "pinrelay/http/message.hpp"

#include <algorithm>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/core/url_text.hpp"

namespace pinrelay::http {

namespace {

// The value of a hexadecimal digit; -1 for any other byte.
constexpr int hex_value(char c) noexcept {
    if (ascii::is_digit(c)) return c - '0';
    return ascii::is_hex_digit(c) ? ascii::lower(c) - 'a' + 10 : -1;
}

// The byte that the text's first three stand for, "%2F"; nothing for a bad escape.
std::optional<char> escaped_byte(std::string_view text) noexcept {
    constexpr std::size_t escape_length = 3;
    if (text.size() < escape_length || text[0] != '%') return std::nullopt;
    const int high = hex_value(text[1]);
    const int low = hex_value(text[2]);
    if (high < 0 || low < 0) return std::nullopt;
    return static_cast<char>(high * 16 + low);
}

}  // namespace

const std::string* find_header(const Headers& headers, std::string_view name) noexcept {
    const auto found = std::ranges::find_if(
        headers, [&](const auto& header) { return ascii::equals_ignoring_case(header.first, name); });
    return found == headers.end() ? nullptr : &found->second;
}

std::optional<std::string> Request::query_value(std::string_view key) const {
    for (const UrlPair& pair : UrlPairs(query)) {
        const bool encoded = pair.name.find_first_of("%+") != std::string_view::npos;
        if (encoded ? percent_decode(pair.name) != key : pair.name != key) continue;
        return percent_decode(pair.value.value_or(""));
    }
    return std::nullopt;
}

Response json_response(int status, std::string body) {
    return Response{status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

Response error_response(int status, std::string_view code, std::string_view field, std::string_view message) {
    JsonWriter json;
    json.begin_object();
    json.key("error");
    json.begin_object();
    json.member("code", code);
    if (!field.empty()) json.member("field", field);
    json.member("message", message);
    json.end_object();
    json.end_object();
    return json_response(status, json.take());
}

std::string percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (const auto byte = escaped_byte(text.substr(i))) {
            out += *byte;
            i += 2;
            continue;
        }
        out += text[i] == '+' ? ' ' : text[i];
    }
    return out;
}

}  // namespace pinrelay::http
