#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::decode {

// One pair of a query or of a form body, decoded: "%20" and '+' are a space, and bytes that are no UTF-8 are U+FFFD.
struct Pair {
    std::string key;
    std::string value;
    friend bool operator==(const Pair&, const Pair&) = default;
};
using Pairs = std::vector<Pair>;

// One percent-encoded component as valid UTF-8.
std::string decode_component(std::string_view component);

// Several times what a sender with every parameter, property and product line has.
inline constexpr std::size_t most_pairs = 2000;

// The pairs of a text such as "v=2&en=purchase", in its order. A key without '=' has an empty value; what has no key is
// passed over. Nothing where there are more than `most_pairs`.
std::optional<Pairs> split_pairs(std::string_view text);

// What many hits share, then a hit's own; of what they both speak of, only its own.
Pairs overlay(const Pairs& shared, Pairs own);

// The last value of that key; null pointer where there is none.
const std::string* find_value(const Pairs& pairs, std::string_view key) noexcept;

}  // namespace pinrelay::decode
