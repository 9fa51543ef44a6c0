#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::destinations::pinterest {

inline constexpr ascii::Set encoding_signs("%+");

// Whether the predicate holds for the text, or for the text after one to three percent-decodings. Three is the depth of
// a URL within a URL within a URL.
template <class Predicate>
bool in_any_decoding(std::string_view text, Predicate holds) {
    constexpr int deepest_encoding = 3;
    std::string decoded;
    for (int depth = 0; !holds(text); ++depth) {
        if (depth == deepest_encoding || std::ranges::none_of(text, [](char c) { return encoding_signs.contains(c); }))
            return false;
        decoded = http::percent_decode(text);
        text = decoded;
    }
    return true;
}

}  // namespace pinrelay::destinations::pinterest
