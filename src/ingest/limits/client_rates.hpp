#pragma once

#include <array>
#include <atomic>
#include <boost/asio/ip/address.hpp>
#include <optional>
#include <vector>

#include "pinrelay/http/networks.hpp"
#include "rate.hpp"

namespace pinrelay::ingest {

// How many times a client's own rate each of its networks has: see http::ClientNetworks.
using NetworkShares = std::array<std::size_t, 3>;

// Clients whose address cannot be read are one client.
inline http::ClientNetworks networks_of(const std::optional<boost::asio::ip::address>& client) noexcept {
    return client ? http::client_networks(*client) : http::ClientNetworks{};
}

// A rate for each client, and a larger one for each of the networks around it, in memory that never grows: a table of
// places, four of which can hold any one network. Where all four are taken, the network that owes least gives way, and
// is given its burst anew should it come again: so very many clients together can only make the limit milder. Any
// thread, without a lock; where several threads take at the same moment, each may be given what was left for one.
class ClientRates {
public:
    // `seed`: so that nobody can work out whose places are whose. `places`: a power of two, 8 bytes each.
    ClientRates(const Rate& rate, SteadyTime origin, std::uint64_t seed, NetworkShares shares = http::network_shares,
                std::size_t places = 65'536);

    bool unlimited() const noexcept { return rate_.unlimited(); }

    // Takes `count` of the client's and says zero; or takes nothing and says how long to wait. More than the whole
    // burst at once is taken where the bucket is empty.
    std::chrono::milliseconds take(const http::ClientNetworks& client, std::size_t count, SteadyTime now) noexcept;

    // Takes `count` for work that is done. The client may owe up to a minute for it.
    void charge(const http::ClientNetworks& client, std::size_t count, SteadyTime now) noexcept;

private:
    static constexpr std::size_t ways = 4;
    // The network's mark in the upper 16 bits, and the time at which its bucket is empty; 0 is a free place.
    using Place = std::atomic<std::uint64_t>;
    using Set = std::array<Place, ways>;

    struct Found {
        Place& place;
        std::uint64_t mark;
    };
    Found find(http::ClientKey network) noexcept;

    template <class After>
    void change(http::ClientKey network, After after) noexcept;

    const Rate rate_;
    std::vector<Bucket> buckets_;  // by position in http::ClientNetworks
    const SteadyTime origin_;
    const std::uint64_t seed_;
    std::vector<Set> table_;
};

}  // namespace pinrelay::ingest
