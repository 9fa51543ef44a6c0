#pragma once

#include <optional>
#include <string>

#include "pinrelay/http/message.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::ingest {

// Adds to an event what only the request knows, and the address of its client. A browser's own request tells its
// visitor's address, user agent, language, page and Global Privacy Control, and tells two visitors' equal hits apart; a
// server's request tells nothing about the visitor, so there the event's own fields stand alone.
void add_visitor(model::Event& event, const http::Request& request, std::optional<std::string_view> client_address,
                 model::Arena& arena);

}  // namespace pinrelay::ingest
