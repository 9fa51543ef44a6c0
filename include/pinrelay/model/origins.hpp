#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "pinrelay/model/event.hpp"

namespace pinrelay::model {

// A place in the canonical event; none for what is made of something else.
using Place =
    std::variant<std::monostate, std::optional<std::string_view> Event::*, std::optional<std::string_view> App::*,
                 std::optional<std::string_view> Device::*, std::optional<std::string_view> UserData::*,
                 Texts UserData::*, std::optional<std::string_view> Item::*, std::string_view Event::*,
                 std::optional<Time> Event::*, std::optional<bool> Event::*, std::optional<bool> Device::*,
                 std::vector<Item> Event::*>;

// Where the values of an event came from, for an explanation: "ecommerce.transaction_id", "header User-Agent". Whoever
// fills a place of the event notes it. Not thread-safe.
class Origins {
public:
    // A key that came and that nobody read.
    struct Unread {
        std::string key;    // its path as it came: "ecommerce.coupn"
        std::string meant;  // the key that it resembles; "" for none
        friend bool operator==(const Unread&, const Unread&) = default;
    };

    // A later word for the same place replaces the earlier one.
    void note(Place place, std::string source) {
        if (source.empty() || std::holds_alternative<std::monostate>(place)) return;
        const auto known = std::ranges::find(places_, place, &Known::first);
        if (known == places_.end())
            places_.emplace_back(place, std::move(source));
        else
            known->second = std::move(source);
    }

    // "" where nothing was noted.
    std::string find(Place place) const {
        const auto known = std::ranges::find(places_, place, &Known::first);
        return known == places_.end() ? std::string() : known->second;
    }

    // Calls `rename` with each source, which it may change.
    template <class Rename>
    void rename_sources(Rename rename) {
        for (auto& [place, source] : places_) rename(source);
    }

    std::vector<Unread> unread;

private:
    using Known = std::pair<Place, std::string>;
    std::vector<Known> places_;
};

}  // namespace pinrelay::model
