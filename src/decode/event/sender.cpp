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

SenderFound sender_of(const http::Request& request, const FormSigns& signs) noexcept {
    using model::Sender;
    if (signs.measurement_protocol) return {Sender::Server, "the Measurement Protocol form"};
    if (signs.container_keys) return {Sender::Server, "x-ga-… keys of a server container"};
    if (request.header("Sec-Fetch-Site") != nullptr) return {Sender::Browser, "Sec-Fetch-Site"};
    if (signs.names_visitor) return {Sender::Server, "the event names the visitor's address or user agent"};
    const std::string* user_agent = request.header("User-Agent");
    if (user_agent == nullptr || user_agent->empty()) return {Sender::Server, "no User-Agent"};
    if (is_library(*user_agent)) return {Sender::Server, "User-Agent of an HTTP library"};
    if (request.header("Origin") != nullptr) return {Sender::Browser, "Origin"};
    if (request.header("Cookie") != nullptr) return {Sender::Browser, "Cookie"};
    if (ascii::starts_with_ignoring_case(*user_agent, browser_prefix))
        return {Sender::Browser, "a browser's User-Agent"};
    return {Sender::Server, "a User-Agent that is no browser's"};
}

}  // namespace pinrelay::decode
