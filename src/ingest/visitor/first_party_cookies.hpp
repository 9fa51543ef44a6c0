#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/outcome/outcome.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "visitor_id.hpp"

namespace pinrelay::ingest {

// What the answer to an event has the visitor's browser keep: the destination's cookies, and the id of the browser.
// Only what an event that is sent brought along, each for one year from the last such event, and nothing where any
// event of the request refuses. Thread-safe if the random source is.
class FirstPartyCookies {
public:
    FirstPartyCookies(CookieSettings settings, RandomBytes random)
        : settings_(std::move(settings)), random_(std::move(random)) {}

    // The id of the request's browser: its cookie's, else a new one where it may be given one. Nothing else, nor where
    // ids are switched off.
    std::optional<std::string> visitor_id(const http::Request& request) const;

    // Adds Set-Cookie headers for a browser of the same site, one for each name; of several values the last event's.
    void write(const http::Request& request, const std::vector<Outcome>& outcomes,
               const std::optional<std::string>& visitor_id, http::Response& response) const;

    // {"cookies":[…]}: the same for a server, which writes them to its visitor's browser itself.
    std::string as_json(const std::vector<Outcome>& outcomes) const;

private:
    std::vector<destination::Cookie> kept(const std::vector<Outcome>& outcomes, model::Sender sender) const;

    CookieSettings settings_;
    RandomBytes random_;
};

}  // namespace pinrelay::ingest
