#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fixtures/model/arena.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::test {

namespace pinterest = destinations::pinterest;

// 20 April 2024, 00:00:30 UTC.
inline constexpr Time received = std::chrono::sys_days(std::chrono::April / 20 / 2024) + std::chrono::seconds(30);

inline pinterest::Settings settings() {
    pinterest::Settings settings;
    settings.ad_account_id = "549755885175";
    settings.access_token = Secret("pina_TESTTOKEN");
    settings.default_region = "US";
    return settings;
}

// A text of which an event may be a view.
inline std::string_view lasting(std::string_view text) { return arena().copy(text); }

inline model::Value json(std::string_view text) { return std::get<model::Value>(model::parse_json(text, arena())); }

// An event that Pinterest would take: it has an id, an address and a user agent.
inline model::Event event(std::string_view name = "purchase") {
    model::Event event;
    event.name = lasting(name);
    event.event_id = "id-1";
    event.fingerprint = "00ff";
    event.ip_address = "203.0.113.45";
    event.user_agent = "Mozilla/5.0";
    return event;
}

// What became of an event, in a form to ask.
struct Translated {
    destination::Translation translation;
    model::Value body;  // null when dropped

    const model::Record* record() const { return std::get_if<model::Record>(&translation.outcome); }
    std::string dropped() const {
        const auto* drop = std::get_if<destination::Drop>(&translation.outcome);
        return drop == nullptr ? "" : std::string(drop->reason);
    }

    // The JSON at a pointer: "\"USD\"", "[1,2]"; "" where there is nothing.
    std::string at(std::string_view pointer) const {
        const model::Value* value = body.at_pointer(pointer);
        return value == nullptr ? "" : model::to_json(*value);
    }

    // "code field" of each warning, in order. Without checkout_without_value: few purchases here have a value.
    std::vector<std::string> warnings() const {
        std::vector<std::string> list;
        for (const auto& warning : translation.warnings)
            if (warning.code != "checkout_without_value")
                list.push_back(std::string(warning.code) + " " + warning.field);
        return list;
    }

    // The message of the first warning with that code; "" where there is none.
    std::string message_of(std::string_view code) const {
        for (const auto& warning : translation.warnings)
            if (warning.code == code) return warning.message;
        return "";
    }
};

inline Translated translate(const model::Event& event, pinterest::Settings settings = test::settings(),
                            Time at = received) {
    Translated result{pinterest::make_pinterest(std::move(settings))->translate(event, at), {}};
    if (const auto* record = result.record()) result.body = json(record->body);
    return result;
}

inline model::Item item(std::string_view id, std::string_view price, std::string_view quantity) {
    model::Item item;
    item.id = lasting(id);
    item.price = lasting(price);
    item.quantity = lasting(quantity);
    return item;
}

}  // namespace pinrelay::test
