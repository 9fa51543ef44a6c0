#include "cors.hpp"

#include <algorithm>

#include "pinrelay/core/ascii.hpp"
#include "plain_origin.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::size_t longest_header_list = 512;
constexpr std::string_view preflight_max_age = "7200";  // Chromium caps it there

// Whether the text is a list of header names and so safe to send back.
bool is_header_list(const std::string& text) {
    return text.size() <= longest_header_list && std::ranges::all_of(text, [](char c) {
               return ascii::is_alphanumeric(c) || c == '-' || c == '_' || c == ',' || c == ' ';
           });
}

}  // namespace

const std::string* Cors::match(const http::Request& request) const {
    const std::string* origin = request.header("Origin");
    if (origin == nullptr) return nullptr;
    const std::string plain = plain_origin(*origin);
    const auto found =
        std::ranges::find_if(allowed_, [&](const std::string& allowed) { return allowed == "*" || allowed == plain; });
    return found == allowed_.end() ? nullptr : &*found;
}

void Cors::apply(const http::Request& request, http::Response& response) const {
    if (allowed_.empty()) return;
    const bool depends_on_origin = std::ranges::find(allowed_, "*") == allowed_.end();
    if (depends_on_origin) response.headers.emplace_back("Vary", "Origin");
    const std::string* origin = match(request);
    if (origin == nullptr) return;
    const bool any = *origin == "*";
    // A browser compares with the very text that it has sent, a dot at the end of its host included.
    response.headers.emplace_back("Access-Control-Allow-Origin", any ? *origin : *request.header("Origin"));
    if (!any) response.headers.emplace_back("Access-Control-Allow-Credentials", "true");
}

http::Response Cors::preflight(const http::Request& request) const {
    http::Response response;
    response.status = 204;
    response.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, OPTIONS");
    apply(request, response);
    if (match(request) == nullptr) return response;
    response.headers.emplace_back("Access-Control-Allow-Methods", "GET, POST, PUT, OPTIONS");
    const std::string* wanted = request.header("Access-Control-Request-Headers");
    const bool usable = wanted != nullptr && !wanted->empty() && is_header_list(*wanted);
    response.headers.emplace_back("Access-Control-Allow-Headers", usable ? *wanted : "content-type");
    response.headers.emplace_back("Access-Control-Max-Age", preflight_max_age);
    return response;
}

}  // namespace pinrelay::ingest
