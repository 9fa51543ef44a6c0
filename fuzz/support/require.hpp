#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace pinrelay::fuzz {

// Ends the process where what must hold does not: libFuzzer keeps the input, the replay names it.
inline void require(bool holds, std::string_view what) {
    if (holds) return;
    std::fprintf(stderr, "fuzz: does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
}

}  // namespace pinrelay::fuzz
