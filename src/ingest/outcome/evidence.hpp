#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/access/access.hpp"
#include "ingest/visitor/client_address.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/model/event.hpp"
#include "pinrelay/model/origins.hpp"

namespace pinrelay::ingest {

// What the debug answer says about the sender of an event: what it counts as, and where its visitor's data came from.
struct Evidence {
    model::Sender sender = model::Sender::Browser;
    std::string_view because;            // see model::Event::sender_sign
    std::optional<std::string> address;  // the visitor's, whether it is sent or not
    std::string_view address_from;
    std::string_view user_agent_from;
    std::string_view form;            // see model::Event::form
    std::string consent;              // see model::Consent::signal
    std::string_view consent_policy;  // of the account; "" without one
    std::string account_because;      // see why_route
    model::Trust trust = model::Trust::Anonymous;
    std::string_view trust_because;                // see Standing::because
    std::vector<destination::Origin> origins{};    // of the translated event's values
    std::vector<model::Origins::Unread> unread{};  // the keys that came and that nobody read
};

// `event` is as the decoder gave it and keep_believed_visitor left it, before add_visitor.
Evidence evidence_of(const model::Event& event, const http::Request& request, const Client& client,
                     const Standing& standing);

// "anonymous", "browser", "network", "key" or "signed": for people.
std::string_view name_of(model::Trust trust) noexcept;

}  // namespace pinrelay::ingest
