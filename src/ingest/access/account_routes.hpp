#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/http/message.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::ingest {

// Whether all conditions of the route hold for the event.
bool takes(const Route& route, const model::Event& event, const http::Request& request);

// Why the route takes an event that it takes, by its conditions: "hosts: shop.example". For explanations.
std::string why_route(const Route& route);

// Why none of the routes takes the event: what it has, and what they list. Short, and without what cannot be a host, an
// id or a path.
std::string why_no_route(const std::vector<const Route*>& routes, const model::Event& event,
                         const http::Request& request);

// The host of a URL in lower case, without port and without a dot at its end; nothing where the text is no http(s) URL.
std::optional<std::string> url_host(std::string_view url);

// The host that the request was made to, in lower case, without port and without a dot at its end; nothing where it
// does not say.
std::optional<std::string> request_host(const http::Request& request);

}  // namespace pinrelay::ingest
