#include "bare_request.hpp"

#include <utility>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"

namespace pinrelay::app {

bool is_url(std::string_view text) noexcept {
    const bool has_scheme =
        ascii::starts_with_ignoring_case(text, "http://") || ascii::starts_with_ignoring_case(text, "https://");
    return has_scheme && text.find_first_of(ascii::white_space) == std::string_view::npos;
}

void set_header(http::Headers& headers, std::string_view name, std::string_view value) {
    std::erase_if(headers, [&](const auto& one) { return ascii::equals_ignoring_case(one.first, name); });
    headers.emplace_back(name, value);
}

http::Request bare_request(const Pasting& pasting) {
    http::Request request;
    request.path = pasting.path;
    request.headers.emplace_back("Host", "localhost");
    request.peer_address = pasting.peer;
    return request;
}

void add_headers(http::Request& request, const Pasting& pasting) {
    for (const auto& [name, value] : pasting.headers) set_header(request.headers, name, value);
}

void take_url(std::string_view url, http::Request& request) {
    const UrlParts parts = split_url(url);
    request.query = parts.query.value_or("");
    if (const auto origin = split_origin(url, Backslash::EndsAuthority))
        set_header(request.headers, "Host", without_user(origin->authority));
}

}  // namespace pinrelay::app
