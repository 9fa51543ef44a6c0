#include "event_rates.hpp"

#include "pinrelay/core/random.hpp"

namespace pinrelay::ingest {
namespace {

using std::chrono::milliseconds;

constexpr double client_part = 0.25;
constexpr NetworkShares parts_of_networks = {1, 2, 2};

// A browser sends an event with each step of its visitor; a page that loads may send a dozen.
constexpr Rate visitor{1, 30};

constexpr std::size_t places = 16'384;  // 128 KiB for each table of an account

Rate part_of(const Rate& rate) noexcept { return {rate.per_second * client_part, rate.burst * client_part}; }

std::optional<EventRates::Refusal> refusal(EventRates::Limit limit, milliseconds wait) noexcept {
    if (wait == milliseconds(0)) return std::nullopt;
    return EventRates::Refusal{limit, wait};
}

}  // namespace

EventRates::EventRates(const std::optional<PerSecond>& limit, SteadyTime origin)
    : trusted_(rate_of(limit), origin),
      strangers_(rate_of(limit), origin),
      visitors_(rate_of(limit), origin),
      of_client_(part_of(rate_of(limit)), origin, random_seed(), parts_of_networks, places),
      of_visitor_(limit ? visitor : Rate{}, origin, random_seed(), http::network_shares, places) {}

std::optional<EventRates::Refusal> EventRates::take_trusted(std::size_t events, SteadyTime now) noexcept {
    return refusal(Limit::OfAccount, trusted_.take(events, now));
}

// The client comes first: what it is refused costs the account nothing.
std::optional<EventRates::Refusal> EventRates::take(std::size_t events, const http::ClientNetworks& client,
                                                    SteadyTime now) noexcept {
    if (const auto refused = refusal(Limit::OfClient, of_client_.take(client, events, now))) return refused;
    const auto refused = refusal(Limit::OfAccount, strangers_.take(events, now));
    if (!refused || of_visitor_.take(client, events, now) != milliseconds(0)) return refused;
    return refusal(Limit::OfAccount, visitors_.take(events, now));
}

}  // namespace pinrelay::ingest
