#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace pinrelay::model {

// What an event says of its value and its person, in a few bytes: enough to see whether one of two events with the same
// id says more than the other. It is made from what is sent, so it holds nothing that was not normalised and hashed.
struct Essence {
    // A digest of value and currency; 0 where the event has neither.
    std::uint64_t value = 0;

    // One digest for each kind of identifier, which the destination numbers; 0 where the event has none of the kind.
    // Equal digests of different identifiers are possible, once in 65,535 pairs.
    static constexpr std::size_t kinds = 8;
    std::array<std::uint16_t, kinds> identifiers{};

    friend bool operator==(const Essence&, const Essence&) = default;
};

// Whether `other` has every identifier that `one` has.
constexpr bool has_no_more_identifiers(const Essence& one, const Essence& other) noexcept {
    for (std::size_t kind = 0; kind < Essence::kinds; ++kind)
        if (one.identifiers[kind] != 0 && one.identifiers[kind] != other.identifiers[kind]) return false;
    return true;
}

}  // namespace pinrelay::model
