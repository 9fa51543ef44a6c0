#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "ingest/limits/rate.hpp"

namespace pinrelay::ingest {

// How often each first-party proof has been used, in memory that never grows: a table of 65,536 places (512 KiB), four
// of which can hold any one proof. Where all four are taken, the least used gives way, and begins anew should it come
// again: with very many proofs at once the limit becomes less strict. Any thread, without a lock.
class ProofUses {
public:
    // `most` uses in the 24 hours that begin with the first. `seed`: so that nobody can work out whose places are
    // whose.
    ProofUses(unsigned most, SteadyTime origin, std::uint64_t seed);

    // Counts one use of the proof with that id. False where that is too many.
    bool take(std::uint64_t id, SteadyTime now) noexcept;

private:
    static constexpr std::size_t ways = 4;
    static constexpr std::size_t sets = 16'384;
    // The proof's mark (24 bits), the minute of the first use (24 bits), the uses (16 bits); 0 is a free place.
    using Place = std::atomic<std::uint64_t>;
    using Set = std::array<Place, ways>;

    static Place& choose(Set& set, std::uint64_t mark, std::uint64_t minute) noexcept;

    const unsigned most_;
    const SteadyTime origin_;
    const std::uint64_t seed_;
    std::unique_ptr<std::array<Set, sets>> table_;
};

}  // namespace pinrelay::ingest
