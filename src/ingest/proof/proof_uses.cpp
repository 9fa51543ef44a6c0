#include "proof_uses.hpp"

#include <algorithm>
#include <string_view>

#include "pinrelay/core/content_hash.hpp"

namespace pinrelay::ingest {
namespace {

constexpr unsigned count_bits = 16;
constexpr unsigned minute_bits = 24;  // 31 years
constexpr std::uint64_t minute_mask = (std::uint64_t{1} << minute_bits) - 1;
constexpr std::uint64_t minutes_of_a_day = 24 * 60;

constexpr std::uint64_t mark_in(std::uint64_t place) noexcept { return place >> (minute_bits + count_bits); }
constexpr std::uint64_t minute_in(std::uint64_t place) noexcept { return place >> count_bits & minute_mask; }
constexpr unsigned count_in(std::uint64_t place) noexcept { return static_cast<std::uint16_t>(place); }

constexpr std::uint64_t place_of(std::uint64_t mark, std::uint64_t minute, unsigned count) noexcept {
    return mark << (minute_bits + count_bits) | (minute & minute_mask) << count_bits | count;
}

constexpr bool is_over(std::uint64_t place, std::uint64_t minute) noexcept {
    return place == 0 || minute - minute_in(place) >= minutes_of_a_day;
}

std::uint64_t scattered(std::uint64_t id, std::uint64_t seed) noexcept {
    return hash64(std::string_view(reinterpret_cast<const char*>(&id), sizeof(id)), seed);
}

}  // namespace

ProofUses::ProofUses(unsigned most, SteadyTime origin, std::uint64_t seed)
    : most_(most), origin_(origin), seed_(seed), table_(std::make_unique<std::array<Set, sets>>()) {}

// The proof's own place, else a free one, else the least used.
ProofUses::Place& ProofUses::choose(Set& set, std::uint64_t mark, std::uint64_t minute) noexcept {
    Place* least = nullptr;
    unsigned fewest = 0;
    for (Place& place : set) {
        const auto value = place.load(std::memory_order_relaxed);
        if (value != 0 && mark_in(value) == mark) return place;
        const unsigned count = is_over(value, minute) ? 0 : count_in(value);
        if (least != nullptr && count >= fewest) continue;
        least = &place;
        fewest = count;
    }
    return *least;
}

bool ProofUses::take(std::uint64_t id, SteadyTime now) noexcept {
    const std::uint64_t hash = scattered(id, seed_);
    const std::uint64_t mark = mark_in(hash);
    const auto minute = static_cast<std::uint64_t>(
        std::max<std::int64_t>(std::chrono::duration_cast<std::chrono::minutes>(now - origin_).count(), 0));
    Place& place = choose((*table_)[hash % sets], mark, minute);
    std::uint64_t known = place.load(std::memory_order_relaxed);
    while (true) {
        const bool begins = mark_in(known) != mark || is_over(known, minute);
        const unsigned uses = begins ? 0 : count_in(known);
        if (uses >= most_) return false;
        const auto next = place_of(mark, begins ? minute : minute_in(known), uses + 1);
        if (place.compare_exchange_weak(known, next, std::memory_order_relaxed)) return true;
    }
}

}  // namespace pinrelay::ingest
