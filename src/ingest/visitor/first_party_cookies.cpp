#include "first_party_cookies.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "client_address.hpp"
#include "ingest/access/account_routes.hpp"
#include "ingest/access/same_site.hpp"
#include "ingest/proof/first_party_proof.hpp"
#include "pinrelay/core/json_writer.hpp"

namespace pinrelay::ingest {
namespace {

using destination::Cookie;

// What Pinterest's own tag gives `_epik`.
constexpr std::chrono::seconds kept_for = std::chrono::days(365);

// Secure without exception: browsers take no such cookie over plain http, where it could be read on the way.
std::string set_cookie(const Cookie& cookie, const std::string* domain, std::chrono::seconds lasts = kept_for) {
    std::string line = cookie.name + '=' + cookie.value + "; Max-Age=" + std::to_string(lasts.count()) +
                       "; Path=/; Secure; SameSite=Lax";
    if (domain != nullptr) line += "; Domain=" + *domain;
    return line;
}

void write_cookie(JsonWriter& json, const Cookie& cookie) {
    json.begin_object();
    json.member("name", cookie.name);
    json.member("value", cookie.value);
    json.key("max_age");
    json.raw(std::to_string(kept_for.count()));
    json.member("path", "/");
    json.member("same_site", "Lax");
    json.key("secure");
    json.raw("true");
    json.end_object();
}

void keep(std::vector<Cookie>& list, const Cookie& cookie) {
    const auto same = std::ranges::find_if(list, [&](const Cookie& c) { return c.name == cookie.name; });
    if (same == list.end()) {
        list.push_back(cookie);
    } else {
        same->value = cookie.value;
    }
}

bool any_refuses(const std::vector<Outcome>& outcomes) {
    return std::ranges::any_of(outcomes, [](const Outcome& outcome) { return outcome.refuses_cookies; });
}

// A duplicate's cookies are as good as those of the first.
bool is_sent_from_browser(const Outcome& outcome) {
    return outcome.sender == model::Sender::Browser && std::holds_alternative<model::Record>(outcome.result);
}

}  // namespace

std::optional<std::string> FirstPartyCookies::visitor_id(const http::Request& request) const {
    if (!settings_.visitor_id) return std::nullopt;
    auto known = cookie_value(request, visitor_id_cookie);
    if (known && is_visitor_id(*known)) return known;
    return is_of_site(request) ? new_visitor_id(random_) : std::nullopt;
}

std::vector<Cookie> FirstPartyCookies::kept(const std::vector<Outcome>& outcomes, model::Sender sender) const {
    std::vector<Cookie> list;
    if (!settings_.click_id || any_refuses(outcomes)) return list;
    for (const auto& outcome : outcomes) {
        if (outcome.sender != sender) continue;
        for (const auto& cookie : outcome.cookies) keep(list, cookie);
    }
    return list;
}

bool FirstPartyCookies::is_of_site(const http::Request& request) const {
    return is_same_site(request, settings_.domains);
}

bool FirstPartyCookies::may_write(const http::Request& request, const std::vector<Outcome>& outcomes) const {
    return std::ranges::any_of(outcomes, is_sent_from_browser) && !any_refuses(outcomes) && is_of_site(request);
}

const std::string* FirstPartyCookies::domain_for(const http::Request& request) const {
    const auto host = request_host(request);
    return host ? domain_of(*host, settings_.domains) : nullptr;
}

void FirstPartyCookies::write_proof(const http::Request& request, std::string value, http::Response& response) const {
    const Cookie cookie{std::string(proof_cookie), std::move(value)};
    response.headers.emplace_back("Set-Cookie", set_cookie(cookie, domain_for(request), proof_lasts) + "; HttpOnly");
}

void FirstPartyCookies::write(const http::Request& request, const std::vector<Outcome>& outcomes,
                              const std::optional<std::string>& visitor_id, http::Response& response) const {
    if (!may_write(request, outcomes)) return;
    const std::string* domain = domain_for(request);
    for (const auto& cookie : kept(outcomes, model::Sender::Browser))
        response.headers.emplace_back("Set-Cookie", set_cookie(cookie, domain));
    // No script has a use for the id, so none can read it.
    if (visitor_id)
        response.headers.emplace_back("Set-Cookie",
                                      set_cookie({std::string(visitor_id_cookie), *visitor_id}, domain) + "; HttpOnly");
}

void FirstPartyCookies::write_json(JsonWriter& json, const std::vector<Outcome>& outcomes) const {
    json.begin_array();
    for (const auto& cookie : kept(outcomes, model::Sender::Server)) write_cookie(json, cookie);
    json.end_array();
}

}  // namespace pinrelay::ingest
