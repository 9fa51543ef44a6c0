#pragma once

#include <array>
#include <cstdint>

#include "duplicate_rules.hpp"

namespace pinrelay::spool {

// As the guard knows it: of a shortened Said.
using Known = KnownEvent<std::uint32_t>;

// The same in 36 bytes, for memory and file.
struct PackedKnown {
    std::array<std::uint32_t, 9> words{};
    friend bool operator==(const PackedKnown&, const PackedKnown&) = default;
};

PackedKnown packed(const Known& known) noexcept;
Known unpacked(const PackedKnown& packed) noexcept;

}  // namespace pinrelay::spool
