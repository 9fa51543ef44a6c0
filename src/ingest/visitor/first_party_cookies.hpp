#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/outcome/outcome.hpp"
#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "visitor_id.hpp"

namespace pinrelay::ingest {

// The cookies that an answer writes: the destination's, and the random id of the browser. Only an event that is sent
// brings cookies. Each lasts one year from the last such event. One event that refuses cookies refuses them for the
// whole request. Thread-safe if the random source is.
class FirstPartyCookies {
public:
    FirstPartyCookies(CookieSettings settings, RandomBytes random)
        : settings_(std::move(settings)), random_(std::move(random)) {}

    // The id in the request's cookie, else a new id for a browser of the same site. Nothing otherwise, or if the
    // settings switch ids off.
    std::optional<std::string> visitor_id(const http::Request& request) const;

    // Whether a page of the site made the request, as is_same_site tells it.
    bool is_of_site(const http::Request& request) const;

    // Whether the answer may write cookies at all: an event was sent, nothing refuses them, and a browser of the same
    // site reads the answer.
    bool may_write(const http::Request& request, const std::vector<Outcome>& outcomes) const;

    // Adds the proof that this browser was here, for as long as it lasts. Only where `may_write` says so.
    void write_proof(const http::Request& request, std::string value, http::Response& response) const;

    // Adds a Set-Cookie header per cookie name, for a browser of the same site. The last event's value counts.
    void write(const http::Request& request, const std::vector<Outcome>& outcomes,
               const std::optional<std::string>& visitor_id, http::Response& response) const;

    // The same cookies for a server, which writes them to its visitor's browser itself: the value of `cookies`.
    void write_json(JsonWriter& json, const std::vector<Outcome>& outcomes) const;

private:
    const std::string* domain_for(const http::Request& request) const;
    std::vector<destination::Cookie> kept(const std::vector<Outcome>& outcomes, model::Sender sender) const;

    CookieSettings settings_;
    RandomBytes random_;
};

}  // namespace pinrelay::ingest
