#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client_address.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/model/event.hpp"
#include "pinrelay/model/trust.hpp"
#include "pinrelay/model/warning.hpp"

namespace pinrelay::ingest {

// Takes out of an event what its sender may not say of the visitor (docs/access.md). A sender below Trust::Network that
// has a public address of its own chooses no other one, nor another browser than its own: so the event keeps an address
// or a user agent of its body only where the request has the same. Adds a warning for each that is left out.
// Returns the user agent that is left out: it may still speak against the event.
std::optional<std::string_view> keep_believed_visitor(model::Event& event, const http::Request& request,
                                                      const Client& client, model::Trust trust,
                                                      std::vector<model::Warning>& warnings);

}  // namespace pinrelay::ingest
