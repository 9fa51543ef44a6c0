#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace pinrelay::spool {

// Stands for a record's destination, event_name and event_id: 96 bits of a keyed hash, see KeyedHash::key_of. Two of a
// million events share theirs by accident in one of 10^17 such millions.
struct EventKey {
    std::array<std::uint32_t, 3> words{};
    friend bool operator==(const EventKey&, const EventKey&) = default;
};

// The key of a version of the event with that key, by its print: see Version. Equal to no other one, since keys are
// random.
constexpr EventKey key_of_version(const EventKey& key, std::uint32_t print) noexcept {
    return {{key.words[0] ^ print, key.words[1], ~key.words[2]}};
}

// Nobody who does not know the secret of the store can choose keys, so any bits of one will do.
struct EventKeyHash {
    std::size_t operator()(const EventKey& key) const noexcept {
        return key.words[0] | static_cast<std::size_t>(key.words[1]) << 32U;
    }
};

}  // namespace pinrelay::spool
