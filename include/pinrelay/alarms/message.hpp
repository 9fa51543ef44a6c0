#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "pinrelay/alarms/kind.hpp"
#include "pinrelay/core/clock.hpp"

namespace pinrelay::alarms {

// What the relay reports: something began, or it is over. Holds no personal data and no secret.
struct Message {
    enum class State { Begun, Over };

    Kind kind = Kind::Paused;
    State state = State::Begun;
    std::string account;             // "pinterest:549755885175"; "" for an alarm of the whole relay
    std::set<std::string> subjects;  // names of events of VolumeFell, reasons of dead letters
    Time since{};                    // when it began
    Time at{};
    std::string text;    // one sentence, without the account
    std::string advice;  // what to do; "" for Over
    friend bool operator==(const Message&, const Message&) = default;
};

// How a message is written for its receiver.
enum class Format {
    Json,   // all of it: docs/alarms.md has the members
    Slack,  // {"text": "…"}, as incoming webhooks of Slack, Mattermost, Rocket.Chat and Google Chat take it
};

// `relay` names the process that reports: the machine's name.
std::string body_of(const Message& message, std::string_view relay, Format format);

// The body of a test message, for `pinrelay check --alarms`.
std::string test_body(std::string_view relay, Time at, Format format);

}  // namespace pinrelay::alarms
