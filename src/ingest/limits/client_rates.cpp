#include "client_rates.hpp"

namespace pinrelay::ingest {
namespace {

constexpr unsigned time_bits = 48;
constexpr std::uint64_t time_mask = (std::uint64_t{1} << time_bits) - 1;

constexpr Ticks time_of(std::uint64_t place) noexcept { return place & time_mask; }
constexpr std::uint64_t mark_of(std::uint64_t place) noexcept { return place >> time_bits; }

// Each bit of the input changes each of the output by half a chance (the finisher of MurmurHash3).
constexpr std::uint64_t mixed(std::uint64_t bits) noexcept {
    constexpr unsigned half = 33;
    bits ^= bits >> half;
    bits *= 0xff51afd7ed558ccdULL;
    bits ^= bits >> half;
    bits *= 0xc4ceb9fe1a85ec53ULL;
    return bits ^ (bits >> half);
}

}  // namespace

ClientRates::ClientRates(const Rate& rate, SteadyTime origin, std::uint64_t seed, NetworkShares shares,
                         std::size_t places)
    : rate_(rate), origin_(origin), seed_(seed), table_(rate.unlimited() ? 0 : places / ways) {
    buckets_.reserve(shares.size());
    for (const std::size_t share : shares) {
        const auto times = static_cast<double>(share);
        buckets_.emplace_back(Rate{rate.per_second * times, rate.burst * times});
    }
}

// The network's own place, else the one whose bucket is, or will be, empty first.
ClientRates::Found ClientRates::find(http::ClientKey network) noexcept {
    const std::uint64_t hash = mixed(network ^ seed_);
    const std::uint64_t mark = hash >> time_bits;
    Set& set = table_[hash % table_.size()];
    Place* least = &set.front();
    for (Place& place : set) {
        const auto value = place.load(std::memory_order_relaxed);
        if (value != 0 && mark_of(value) == mark) return {place, mark};
        if (time_of(value) < time_of(least->load(std::memory_order_relaxed))) least = &place;
    }
    return {*least, mark};
}

template <class After>
void ClientRates::change(http::ClientKey network, After after) noexcept {
    const auto [place, mark] = find(network);
    std::uint64_t known = place.load(std::memory_order_relaxed);
    std::uint64_t wanted = 0;
    do {
        const Ticks empty_at = known != 0 && mark_of(known) == mark ? time_of(known) : 0;
        wanted = mark << time_bits | (after(empty_at) & time_mask);
    } while (!place.compare_exchange_weak(known, wanted, std::memory_order_relaxed));
}

std::chrono::milliseconds ClientRates::take(const http::ClientNetworks& client, std::size_t count,
                                            SteadyTime now) noexcept {
    if (unlimited() || count == 0) return std::chrono::milliseconds(0);
    const Ticks at = ticks_since(origin_, now);
    for (std::size_t i = 0; i < client.count; ++i) {
        const auto [place, mark] = find(client.keys[i]);
        const std::uint64_t known = place.load(std::memory_order_relaxed);
        const Ticks empty_at = known != 0 && mark_of(known) == mark ? time_of(known) : 0;
        const Ticks after = buckets_[i].after(empty_at, at, count);
        if (buckets_[i].too_much(after, at)) return buckets_[i].wait(after, at);
    }
    for (std::size_t i = 0; i < client.count; ++i)
        change(client.keys[i], [&](Ticks empty_at) { return buckets_[i].after(empty_at, at, count); });
    return std::chrono::milliseconds(0);
}

void ClientRates::charge(const http::ClientNetworks& client, std::size_t count, SteadyTime now) noexcept {
    if (unlimited() || count == 0) return;
    const Ticks at = ticks_since(origin_, now);
    for (std::size_t i = 0; i < client.count; ++i)
        change(client.keys[i], [&](Ticks empty_at) { return buckets_[i].after_debt(empty_at, at, count); });
}

}  // namespace pinrelay::ingest
