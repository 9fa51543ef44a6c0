#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot_list.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::ingest {

// What is known of where a hit comes from.
struct HitSource {
    bool trusted = false;             // Trust::Network and above: what only headers say is not held against the event
    bool agent_from_request = false;  // the event's user agent is the request's own
    std::optional<std::string_view> agent_left_out{};  // one that the event named and that is not believed
};

// Finds the hits that no visitor made: of bots, of pages that nobody has seen, of previews, of developers and of the
// staff. docs/bots.md lists the signs. Pure; any thread.
class NotPeople {
public:
    explicit NotPeople(const NotPeopleSettings& settings) : settings_(settings) {}

    // Why the event is dropped; nothing for a visitor's event. Call it after add_visitor(): the user agent that counts
    // is the visitor's, not that of a server that sends the event. A header is no part of what a sender signs or
    // vouches for, and anybody on the way can add one: so those of a trusted sender drop nothing.
    std::optional<destination::Drop> judge(const model::Event& event, const http::Request& request,
                                           const HitSource& source = {}) const;

    // Which pattern of the list the event's user agent fits: more than a drop as "bot" says. For explanations.
    std::string bot_pattern(const model::Event& event) const {
        return event.user_agent ? bots_.pattern_of(*event.user_agent) : std::string();
    }

private:
    NotPeopleSettings settings_;
    BotList bots_;
};

}  // namespace pinrelay::ingest
