#include "click_id.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "destinations/pinterest/place.hpp"
#include "destinations/pinterest/present.hpp"
#include "destinations/pinterest/privacy/clear_text.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::string_view parameter = "epik";
constexpr std::string_view cookie = "_epik";

// Those seen have 108 to 142 characters; browsers take 4,096 for a cookie, and servers some 8 KB for all headers.
constexpr std::size_t longest_cookie = 1024;

constexpr ascii::Set not_in_cookies("\",;\\");

// RFC 6265, cookie-octet: visible ASCII without what ends or quotes a value.
bool is_cookie_value(std::string_view text) {
    return text.size() <= longest_cookie &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f' && !not_in_cookies.contains(c); });
}

// A later page has the landing page, and so the click, as its referrer.
std::optional<std::string_view> from_urls(const model::Event& event, model::Arena& arena) {
    for (const auto url : {event.page_location, event.page_referrer}) {
        if (!url) continue;
        if (const auto id = epik_of(*url, arena)) return id;
    }
    return std::nullopt;
}

std::optional<std::string_view> found_in(ClickIdSource source, const model::Event& event, model::Arena& arena) {
    switch (source) {
        case ClickIdSource::Field: return present(event.click_id);
        case ClickIdSource::Url: return from_urls(event, arena);
        case ClickIdSource::Cookie: return present(event.cookie_click_id);
    }
    return std::nullopt;
}

// An e-mail address is nobody's click id, and the id is sent and stored as it is.
std::optional<std::string_view> from(ClickIdSource source, const model::Event& event, model::Arena& arena) {
    const auto id = found_in(source, event, arena);
    return id && holds_email(*id) ? std::nullopt : id;
}

// What follows a '&' that was written for HTML: a URL copied out of HTML has "&amp;" for '&', or the number of that
// character, whose '#' would begin the fragment. The length of it; 0 where the text begins with something else.
std::size_t html_ampersand_length(std::string_view text) {
    constexpr std::array<std::string_view, 4> written = {"amp;", "#38;", "#038;", "#x26;"};
    const auto is_here = [&](std::string_view w) { return ascii::starts_with_ignoring_case(text, w); };
    const auto* found = std::ranges::find_if(written, is_here);
    return found == written.end() ? 0 : found->size();
}

bool has_html_ampersands(std::string_view url) {
    for (auto place = url.find('&'); place != std::string_view::npos; place = url.find('&', place + 1))
        if (html_ampersand_length(url.substr(place + 1)) != 0) return true;
    return false;
}

std::string without_html_ampersands(std::string_view url) {
    std::string plain;
    plain.reserve(url.size());
    while (!url.empty()) {
        plain.push_back(url.front());
        url.remove_prefix(1);
        if (plain.back() != '&') continue;
        while (const std::size_t length = html_ampersand_length(url)) url.remove_prefix(length);
    }
    return plain;
}

}  // namespace

std::optional<std::string_view> epik_of(std::string_view url, model::Arena& arena) {
    if (!ascii::contains_ignoring_case(url, parameter)) return std::nullopt;
    if (has_html_ampersands(url)) url = arena.copy(without_html_ampersands(url));
    for (const UrlPair& pair : UrlPairs(split_url(url).query.value_or("")))
        if (pair.value && ascii::equals_ignoring_case(pair.name, parameter))
            return present(pair.value->substr(0, pair.value->find('=')));
    return std::nullopt;
}

std::optional<std::string_view> click_id(const model::Event& event, const std::vector<ClickIdSource>& order,
                                         model::Arena& arena) {
    for (const auto source : order)
        if (const auto id = from(source, event, arena)) return id;
    return std::nullopt;
}

std::string source_of_click_id(const model::Event& event, const std::vector<ClickIdSource>& order,
                               model::Arena& arena) {
    const auto source =
        std::ranges::find_if(order, [&](ClickIdSource one) { return from(one, event, arena).has_value(); });
    if (source == order.end()) return {};
    if (*source == ClickIdSource::Field) return source_at(event, &model::Event::click_id);
    if (*source == ClickIdSource::Cookie) return source_at(event, &model::Event::cookie_click_id);
    const bool is_page = event.page_location && epik_of(*event.page_location, arena);
    return "epik in " + source_at(event, is_page ? &model::Event::page_location : &model::Event::page_referrer);
}

std::vector<destination::Cookie> click_id_cookies(std::optional<std::string_view> id) {
    if (!id || !is_cookie_value(*id)) return {};
    return {{std::string(cookie), std::string(*id)}};
}

}  // namespace pinrelay::destinations::pinterest
