#include "account_routes.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"

namespace pinrelay::ingest {
namespace {

bool host_matches(std::string_view pattern, std::string_view host) {
    pattern = without_trailing_dot(pattern);
    if (!pattern.starts_with("*.")) return ascii::equals_ignoring_case(pattern, host);
    const std::string_view suffix = pattern.substr(1);
    return host.size() > suffix.size() && ascii::ends_with_ignoring_case(host, suffix);
}

// "/shop" takes /shop and /shop/…, not /shopping.
bool path_matches(std::string_view prefix, std::string_view path) {
    while (!prefix.empty() && prefix.back() == '/') prefix.remove_suffix(1);
    return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

using List = std::vector<std::string> Route::*;

constexpr std::size_t longest_word = 100;  // of what the sender gave
constexpr std::size_t most_listed = 8;     // of what the accounts list

// A sender can write anything there, also a person's data: a phone number has more digits than the name of a host.
constexpr std::ptrdiff_t most_digits_of_host = 6;
constexpr std::size_t longest_measurement_id = 20;

bool is_host_character(char c) {
    return ascii::is_alphanumeric(c) || std::string_view("-._").find(c) != std::string_view::npos;
}

bool is_plain_host(std::string_view text) {
    return std::ranges::all_of(text, is_host_character) && std::ranges::any_of(text, ascii::is_letter) &&
           std::ranges::count_if(text, ascii::is_digit) <= most_digits_of_host;
}

// "G-AB12CD34", "AW-1234567890", "GT-AB12".
bool is_measurement_id(std::string_view text) {
    const auto dash = text.find('-');
    return text.size() <= longest_measurement_id && (dash == 1 || dash == 2) && text.size() > dash + 1 &&
           std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(dash), ascii::is_upper) &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(dash) + 1, text.end(), ascii::is_alphanumeric);
}

// Only served paths come this far.
bool is_any_path(std::string_view) { return true; }

std::string in_quotes(std::string_view word, bool (*is_plain)(std::string_view)) {
    if (word.empty()) return "none";
    if (word.size() > longest_word || !is_plain(word)) return "an unusual text";
    return '"' + std::string(word) + '"';
}

std::string listing_of(const std::vector<const Route*>& routes, List list) {
    std::vector<std::string> words;
    for (const Route* route : routes)
        for (const std::string& word : route->*list)
            if (std::ranges::find(words, word) == words.end()) words.push_back(word);
    std::string text;
    for (std::size_t i = 0; i < std::min(words.size(), most_listed); ++i) text += (i == 0 ? "" : ", ") + words[i];
    return words.size() > most_listed ? text + " …" : text;
}

// Of the page: a browser that does not name it in the event names it as the referrer. Else the request's own.
std::string event_host(const model::Event& event, const http::Request& request) {
    if (event.page_location)
        if (auto host = url_host(*event.page_location)) return std::move(*host);
    const std::string* referrer = request.header("Referer");
    if (!event.page_location && referrer != nullptr && event.sender == model::Sender::Browser)
        if (auto host = url_host(*referrer)) return std::move(*host);
    return request_host(request).value_or("");
}

}  // namespace

std::optional<std::string> url_host(std::string_view url) {
    const auto origin = split_origin(url, Backslash::EndsAuthority);
    if (!origin) return std::nullopt;
    if (!ascii::equals_ignoring_case(origin->scheme, "https") && !ascii::equals_ignoring_case(origin->scheme, "http"))
        return std::nullopt;
    const std::string_view host = without_trailing_dot(host_of(origin->authority));
    if (host.empty()) return std::nullopt;
    return ascii::in_lower_case(host);
}

std::optional<std::string> request_host(const http::Request& request) {
    const std::string* header = request.header("Host");
    if (header == nullptr || header->empty()) return std::nullopt;
    return ascii::in_lower_case(without_trailing_dot(without_port(*header)));
}

std::string why_no_route(const std::vector<const Route*>& routes, const model::Event& event,
                         const http::Request& request) {
    struct Condition {
        std::string_view what;
        List list;
        std::string given;
        bool (*is_plain)(std::string_view);
    };
    const std::array conditions = {
        Condition{"host", &Route::hosts, event_host(event, request), is_plain_host},
        Condition{"measurement id", &Route::measurement_ids, std::string(event.measurement_id.value_or("")),
                  is_measurement_id},
        Condition{"path", &Route::paths, request.path, is_any_path},
    };
    std::string has;
    std::string want;
    for (const Condition& condition : conditions) {
        const std::string list = listing_of(routes, condition.list);
        if (list.empty()) continue;
        has.append(has.empty() ? "" : ", ")
            .append(condition.what)
            .append(" ")
            .append(in_quotes(condition.given, condition.is_plain));
        want.append(want.empty() ? "" : "; ").append(condition.what).append(": ").append(list);
    }
    return "no account takes this event, which has the " + has + "; the accounts list " + want;
}

std::string why_route(const Route& route) {
    struct Condition {
        std::string_view what;
        List list;
    };
    constexpr std::array conditions = {Condition{"hosts", &Route::hosts},
                                       Condition{"measurement_ids", &Route::measurement_ids},
                                       Condition{"paths", &Route::paths}};
    std::string text;
    for (const auto& [what, list] : conditions) {
        const std::string listing = listing_of({&route}, list);
        if (!listing.empty()) text.append(text.empty() ? "" : "; ").append(what).append(": ").append(listing);
    }
    return text.empty() ? "it takes the events of all hosts, measurement ids and paths" : text;
}

bool takes(const Route& route, const model::Event& event, const http::Request& request) {
    const auto any = [](const auto& list, auto&& matches) {
        return list.empty() || std::ranges::any_of(list, matches);
    };
    if (!any(route.measurement_ids, [&](const auto& id) { return event.measurement_id == id; })) return false;
    if (!any(route.paths, [&](const auto& prefix) { return path_matches(prefix, request.path); })) return false;
    if (route.hosts.empty()) return true;
    const std::string host = event_host(event, request);
    return any(route.hosts, [&](const auto& pattern) { return host_matches(pattern, host); });
}

}  // namespace pinrelay::ingest
