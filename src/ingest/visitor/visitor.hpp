#pragma once

#include <optional>
#include <string>

#include "pinrelay/http/message.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::ingest {

// Adds to an event what only the request knows, and the address of its client. A browser's own request tells its
// visitor's address, user agent, language, page and Global Privacy Control, and tells two visitors' equal hits apart; a
// server's request tells nothing about the visitor, so there the event's own fields stand alone.
void add_visitor(model::Event& event, const http::Request& request, const std::optional<std::string>& client_address);

}  // namespace pinrelay::ingest
