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

ClientRates::ClientRates(const Rate& rate, SteadyTime origin, std::uint64_t seed)
    : rate_(rate), bucket_(rate), origin_(origin), seed_(seed) {
    if (!rate_.unlimited()) table_ = std::make_unique<std::array<Set, sets>>();
}

// The client's own place, else the one whose bucket is, or will be, empty first.
ClientRates::Place& ClientRates::choose(Set& set, std::uint64_t mark) noexcept {
    Place* least = &set.front();
    for (Place& place : set) {
        const auto value = place.load(std::memory_order_relaxed);
        if (value != 0 && mark_of(value) == mark) return place;
        if (time_of(value) < time_of(least->load(std::memory_order_relaxed))) least = &place;
    }
    return *least;
}

std::chrono::milliseconds ClientRates::take(http::ClientKey client, std::size_t count, SteadyTime now) noexcept {
    if (rate_.unlimited() || count == 0) return std::chrono::milliseconds(0);
    const std::uint64_t hash = mixed(client ^ seed_);
    const std::uint64_t mark = hash >> time_bits;
    Place& place = choose((*table_)[hash % sets], mark);
    const Ticks at = ticks_since(origin_, now);
    std::uint64_t known = place.load(std::memory_order_relaxed);
    while (true) {
        const Ticks empty_at = known != 0 && mark_of(known) == mark ? time_of(known) : 0;
        const Ticks after = bucket_.after(empty_at, at, count);
        if (bucket_.too_much(after, at)) return bucket_.wait(after, at);
        if (place.compare_exchange_weak(known, mark << time_bits | (after & time_mask), std::memory_order_relaxed))
            return std::chrono::milliseconds(0);
    }
}

}  // namespace pinrelay::ingest
