#include "pasted_request.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "bare_request.hpp"
#include "curl_command.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"
#include "pinrelay/http/request_parser.hpp"

namespace pinrelay::app {
namespace {

using Pasted = std::variant<PastedRequest, std::string>;

constexpr std::size_t largest = std::size_t{16} * 1024 * 1024;

// "POST /collect HTTP/1.1"
bool is_request_line(std::string_view line) {
    const std::size_t method = line.find(' ');
    const std::size_t version = line.rfind(" HTTP/1.");
    if (method == 0 || method == std::string_view::npos || version == std::string_view::npos) return false;
    return version > method && std::ranges::all_of(line.substr(0, method), ascii::is_upper);
}

Pasted from_url(std::string_view url, const Pasting& pasting) {
    http::Request request = bare_request(pasting);
    request.method = "GET";
    take_url(url, request);
    if (request.query.empty()) return "this URL has no parameters: an event in a URL stands behind its '?'";
    add_headers(request, pasting);
    return PastedRequest{std::move(request), "a URL"};
}

Pasted from_body(std::string_view body, const Pasting& pasting) {
    http::Request request = bare_request(pasting);
    request.method = "POST";
    request.body = body;
    add_headers(request, pasting);
    return PastedRequest{std::move(request), "a body"};
}

struct Recorded {
    std::vector<std::string_view> head;
    std::string_view body;
};

Recorded split_recorded(std::string_view text) {
    Recorded recorded;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) break;
        recorded.head.push_back(line);
    }
    recorded.body = text;
    return recorded;
}

bool is_field(std::string_view line, std::string_view name) {
    return ascii::starts_with_ignoring_case(line, name) && line.substr(name.size()).starts_with(':');
}

// As it would come over the wire, with the length that the body has.
std::string wire_text(const Recorded& recorded) {
    const auto is_chunked = [](std::string_view line) { return is_field(line, "Transfer-Encoding"); };
    const bool chunked = std::ranges::any_of(recorded.head, is_chunked);
    std::string text;
    for (const std::string_view line : recorded.head)
        if (!is_field(line, "Content-Length")) text.append(line).append("\r\n");
    if (!chunked) text.append("Content-Length: ").append(std::to_string(recorded.body.size())).append("\r\n");
    return text.append("\r\n").append(recorded.body);
}

Pasted from_recorded(std::string_view text, const Pasting& pasting) {
    http::ParserLimits limits;
    limits.header_bytes = largest;
    limits.body_bytes = largest;
    http::RequestParser parser(limits);
    const std::string wire = wire_text(split_recorded(text));
    auto progress = http::RequestParser::Progress::NeedMore;
    for (std::string_view rest = wire; progress != http::RequestParser::Progress::Complete;) {
        if (progress == http::RequestParser::Progress::Refused)
            return "this recorded request cannot be read: " + std::string(parser.refusal().message);
        if (progress == http::RequestParser::Progress::NeedMore) {
            if (rest.empty()) return "this recorded request ends too early";
            const auto room = parser.prepare();
            const std::size_t part = std::min(room.size(), rest.size());
            std::copy_n(rest.data(), part, static_cast<char*>(room.data()));
            parser.commit(part);
            rest.remove_prefix(part);
        }
        progress = parser.advance();
    }
    http::Request request = std::move(parser.request());
    request.peer_address = pasting.peer;
    add_headers(request, pasting);
    return PastedRequest{std::move(request), "a recorded request"};
}

}  // namespace

Pasted request_of_text(std::string_view text, const Pasting& pasting) {
    const std::string_view trimmed = ascii::trimmed(text);
    if (trimmed.empty()) return "there is nothing to explain: give a body, a URL, a recorded request or a curl command";
    if (is_url(trimmed)) return from_url(trimmed, pasting);
    if (trimmed.starts_with("curl ")) return request_of_curl(trimmed, pasting);
    std::string_view line = text.substr(0, text.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return is_request_line(line) ? from_recorded(text, pasting) : from_body(text, pasting);
}

}  // namespace pinrelay::app
