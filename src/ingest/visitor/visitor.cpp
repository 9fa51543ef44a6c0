#include "visitor.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "client_address.hpp"
#include "pinrelay/identity/digest.hpp"
#include "pinrelay/model/origins.hpp"

namespace pinrelay::ingest {
namespace {

// What Pinterest's tag keeps in the browser: the click id, and its own number of the visitor.
constexpr std::string_view click_id_cookie = "_epik";
constexpr std::string_view visitor_cookie = "_pin_unauth";

using EventText = std::optional<std::string_view> model::Event::*;

// Puts a text where the event has none, and says where it came from if somebody asked.
void fill(model::Event& event, EventText place, std::optional<std::string_view> text, std::string_view kind,
          std::string_view name = {}) {
    if (event.*place || !text) return;
    event.*place = text;
    if (event.origins) event.origins->note(place, std::string(kind).append(name));
}

void fill_from_header(model::Event& event, EventText place, const http::Request& request, std::string_view name) {
    if (event.*place) return;
    const std::string* value = request.header(name);
    if (value != nullptr && !value->empty()) fill(event, place, *value, "header ", name);
}

void fill_from_cookie(model::Event& event, EventText place, const http::Request& request, std::string_view name,
                      model::Arena& arena) {
    if (event.*place) return;
    if (const auto value = cookie_value(request, name)) fill(event, place, arena.copy(*value), "cookie ", name);
}

// Google's client id of this browser, whichever of its cookies holds it.
std::optional<std::string> browser_cookie(const http::Request& request) {
    for (const std::string_view name : {"FPID", "_ga"})
        if (auto value = cookie_value(request, name)) return value;
    return std::nullopt;
}

// Two visitors' equal hits are two events: where the event itself names no visitor, the fingerprint that may become its
// event id takes in what the request tells of one. The cookie outlives a change of network, so it goes first.
void tell_visitors_apart(model::Event& event, const http::Request& request, model::Arena& arena) {
    if (event.client_id || event.user_id) return;
    const auto cookie = browser_cookie(request);
    const std::string_view visitor =
        cookie ? *cookie : arena.joined({event.ip_address.value_or(""), "\n", event.user_agent.value_or("")});
    const std::string digest = identity::sha256_hex(arena.joined({event.fingerprint, "\n", visitor}));
    event.fingerprint = arena.copy(std::string_view(digest).substr(0, event.fingerprint.size()));
}

// The browser's Global Privacy Control: "do not sell or share". What a server's own requests say is no visitor's word;
// only browsers can send Sec-Fetch-Site, whatever the form of the event.
bool asks_for_privacy(const model::Event& event, const http::Request& request) {
    if (event.sender == model::Sender::Server && request.header("Sec-Fetch-Site") == nullptr) return false;
    const std::string* control = request.header("Sec-GPC");
    return control != nullptr && *control == "1";
}

}  // namespace

void add_visitor(model::Event& event, const http::Request& request, std::optional<std::string_view> client_address,
                 model::Arena& arena) {
    fill_from_cookie(event, &model::Event::cookie_click_id, request, click_id_cookie, arena);
    fill_from_cookie(event, &model::Event::cookie_visitor, request, visitor_cookie, arena);
    if (asks_for_privacy(event, request)) event.consent.sale_opt_out = true;
    if (event.sender == model::Sender::Server) return;
    fill(event, &model::Event::ip_address, client_address, "the request's address");
    fill_from_header(event, &model::Event::user_agent, request, "User-Agent");
    fill_from_header(event, &model::Event::page_location, request, "Referer");
    fill_from_header(event, &model::Event::language, request, "Accept-Language");
    tell_visitors_apart(event, request, arena);
}

}  // namespace pinrelay::ingest
