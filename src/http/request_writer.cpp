#include "pinrelay/http/request_writer.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/characters.hpp"

namespace pinrelay::http {
namespace {

constexpr std::array<std::string_view, 5> own_fields = {"Host", "Content-Length", "Transfer-Encoding", "Connection",
                                                        "Expect"};

bool is_own_field(std::string_view name) {
    return std::ranges::any_of(own_fields,
                               [name](std::string_view own) { return ascii::equals_ignoring_case(own, name); });
}

}  // namespace

std::optional<std::string> problem_of_request(const Request& request) {
    if (request.method.empty() || !all_of_class(request.method, TokenChar)) return "the method is not a token";
    if (!request.path.starts_with('/') || !all_of_class(request.path, VisibleAscii))
        return "the path is not one or holds a byte that must be escaped";
    if (!all_of_class(request.query, VisibleAscii)) return "the query holds a byte that must be escaped";
    for (const auto& [name, value] : request.headers) {
        if (name.empty() || !all_of_class(name, TokenChar)) return "a header has a malformed name";
        if (!all_of_class(value, FieldValueChar)) return "the header " + name + " holds a control byte";
    }
    return std::nullopt;
}

std::string request_bytes(const Request& request, std::string_view authority) {
    constexpr std::size_t usual_head = 1024;
    std::string out;
    out.reserve(usual_head + request.body.size());
    out.append(request.method).append(" ").append(request.path);
    if (!request.query.empty()) out.append("?").append(request.query);
    out.append(" HTTP/1.1\r\nHost: ").append(authority).append("\r\n");
    for (const auto& [name, value] : request.headers)
        if (!is_own_field(name)) out.append(name).append(": ").append(value).append("\r\n");
    const bool bodiless = request.body.empty() && (request.method == "GET" || request.method == "HEAD");
    if (!bodiless) out.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    return out.append("\r\n").append(request.body);
}

}  // namespace pinrelay::http
