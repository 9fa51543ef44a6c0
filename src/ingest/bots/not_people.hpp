#pragma once

#include <optional>

#include "bot_list.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::ingest {

// Which hits are no visitor's: a bot's, a page's that nobody has looked at, a preview, a developer's or the staff's.
// docs/bots.md tells operators the signs. Pure; safe to use from any thread.
class NotPeople {
public:
    explicit NotPeople(const NotPeopleSettings& settings) : settings_(settings) {}

    // Why the event is dropped, nothing where it is a visitor's. Asked after add_visitor(): what counts is the
    // visitor's user agent, never that of a server which merely sends.
    std::optional<destination::Drop> judge(const model::Event& event, const http::Request& request) const;

private:
    NotPeopleSettings settings_;
    BotList bots_;
};

}  // namespace pinrelay::ingest
