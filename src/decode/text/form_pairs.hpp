#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "pinrelay/model/arena.hpp"

namespace pinrelay::decode {

// One pair of a query or of a form body, decoded: "%20" and '+' are a space, and bytes that are no UTF-8 are U+FFFD. A
// view of the text where there was nothing to decode, else of the arena.
struct Pair {
    std::string_view key;
    std::string_view value;
    friend bool operator==(const Pair&, const Pair&) = default;
};
using Pairs = std::vector<Pair>;

// One percent-encoded component as valid UTF-8.
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
SplitPairs split_pairs(std::string_view text, model::Arena& arena, bool (*has_meaning)(std::string_view key));

// What many hits share, then a hit's own; of what they both speak of, only its own.
Pairs overlay(const Pairs& shared, const Pairs& own);

// The last value of that key; nothing where there is none.
std::optional<std::string_view> find_value(const Pairs& pairs, std::string_view key) noexcept;

}  // namespace pinrelay::decode
