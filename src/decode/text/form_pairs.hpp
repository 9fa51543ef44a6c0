#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "pinrelay/model/arena.hpp"

namespace pinrelay::decode {

// One pair of a query or of a form body, decoded: "%20" and '+' are a space, and bytes that are no UTF-8 are U+FFFD.
struct Pair {
    std::string_view key;
    std::string_view value;
    friend bool operator==(const Pair&, const Pair&) = default;
};
using Pairs = std::span<const Pair>;

// One percent-encoded component as valid UTF-8: itself where nothing in it is encoded, else a text in the arena.
std::string_view decode_component(std::string_view component, model::Arena& arena);

// Several times what a sender with every parameter, property and product line has.
inline constexpr std::size_t most_pairs = 2000;
inline constexpr std::size_t most_pairs_with_meaning = 1000;  // beyond these

// The pairs of a text such as "v=2&en=purchase", in its order. A key without '=' has an empty value; what has no key is
// passed over. Behind the first `most_pairs` only those are kept whose key
// `has_meaning`, up to `most_pairs_with_meaning`.
struct SplitPairs {
    Pairs pairs;
    std::size_t left_out = 0;
};
SplitPairs split_pairs(std::string_view text, bool (*has_meaning)(std::string_view key), model::Arena& arena);

// What many hits share, then a hit's own; of what they both speak of, only its own.
Pairs overlay(Pairs shared, Pairs own, model::Arena& arena);

// The last value of that key; nothing where there is none.
std::optional<std::string_view> find_value(Pairs pairs, std::string_view key) noexcept;

}  // namespace pinrelay::decode
