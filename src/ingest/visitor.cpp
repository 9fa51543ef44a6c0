#include "visitor.hpp"

#include <string>

namespace pinrelay::ingest {
namespace {

constexpr std::string_view click_id_cookie = "_epik";  // Pinterest's tag keeps the click id there

void fill_from_header(std::optional<std::string>& field, const http::Request& request, std::string_view name) {
    if (field) return;
    const std::string* value = request.header(name);
    if (value != nullptr && !value->empty()) field = *value;
}

}  // namespace

void add_visitor(model::Event& event, const http::Request& request, const TrustedProxies& proxies) {
    if (!event.cookie_click_id) event.cookie_click_id = cookie_value(request, click_id_cookie);
    if (event.sender == model::Sender::Server) return;
    if (!event.ip_address) event.ip_address = proxies.client_address(request);
    fill_from_header(event.user_agent, request, "User-Agent");
    fill_from_header(event.page_location, request, "Referer");
    fill_from_header(event.language, request, "Accept-Language");
}

}  // namespace pinrelay::ingest
