#include "sender.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

// How the User-Agent of libraries and tools begins, in lower case.
constexpr std::array<std::string_view, 27> libraries = {
    "axios/",
    "guzzlehttp",
    "go-http-client",
    "python-urllib",
    "python-requests",
    "python-httpx",
    "python/",
    "aiohttp",
    "node",
    "undici",
    "deno/",
    "bun/",
    "dart/",
    "got ",
    "curl/",
    "wget/",
    "okhttp",
    "java/",
    "java-http",
    "apache-httpcli",
    "ruby",
    "faraday",
    "php",
    "symfony",
    "wordpress/",
    "postmanruntime/",
    "libwww-perl",
};
constexpr std::string_view browser_prefix = "mozilla/";

// ga4mp, a library for pages and for Node, poses as a browser in Node alone, where it ends its user agent like this.
constexpr std::string_view posing_library = "[GA4MP/";

bool is_library(std::string_view user_agent) noexcept {
    if (user_agent.find(posing_library) != std::string_view::npos) return true;
    return std::ranges::any_of(libraries, [user_agent](std::string_view prefix) {
        return ascii::starts_with_ignoring_case(user_agent, prefix);
    });
}

}  // namespace

model::Sender sender_of(const http::Request& request, const FormSigns& signs) noexcept {
    using model::Sender;
    if (signs.measurement_protocol || signs.container_keys) return Sender::Server;
    if (request.header("Sec-Fetch-Site") != nullptr) return Sender::Browser;
    if (signs.names_visitor) return Sender::Server;
    const std::string* user_agent = request.header("User-Agent");
    if (user_agent == nullptr || user_agent->empty() || is_library(*user_agent)) return Sender::Server;
    if (request.header("Origin") != nullptr || request.header("Cookie") != nullptr) return Sender::Browser;
    return ascii::starts_with_ignoring_case(*user_agent, browser_prefix) ? Sender::Browser : Sender::Server;
}

}  // namespace pinrelay::decode
