#pragma once

#include <array>
#include <atomic>
#include <memory>

#include "pinrelay/http/networks.hpp"
#include "rate.hpp"

namespace pinrelay::ingest {

// A rate for each client, in memory that never grows: a table of 65,536 places (512 KiB), four of which can hold any
// one client. Where all four are taken, the client that owes least gives way, and is given its burst anew should it
// come again: so very many clients together can only make the limit milder. Any thread, without a lock.
class ClientRates {
public:
    // `seed`: so that nobody can work out whose places are whose.
    ClientRates(const Rate& rate, SteadyTime origin, std::uint64_t seed);

    // Takes `count` of the client's and says zero; or takes nothing and says how long to wait. More than the whole
    // burst at once is taken where the bucket is empty.
    std::chrono::milliseconds take(http::ClientKey client, std::size_t count, SteadyTime now) noexcept;

private:
    static constexpr std::size_t ways = 4;
    static constexpr std::size_t sets = 16'384;
    // The client's mark in the upper 16 bits, and the time at which its bucket is empty; 0 is a free place.
    using Place = std::atomic<std::uint64_t>;
    using Set = std::array<Place, ways>;

    Place& choose(Set& set, std::uint64_t mark) noexcept;

    const Rate rate_;
    const Bucket bucket_;
    const SteadyTime origin_;
    const std::uint64_t seed_;
    std::unique_ptr<std::array<Set, sets>> table_;
};

}  // namespace pinrelay::ingest
