#pragma once

#include <cstdint>

#include "pinrelay/spool/spool.hpp"

namespace pinrelay::spool {

// What the rules of deduplication look at in an event.
struct Said {
    std::uint64_t subject = 0;  // see Arrival::subject
    model::Trust trust = model::Trust::Anonymous;
    model::Essence essence{};
    bool deduplicated = true;  // see Record::deduplicated
    friend bool operator==(const Said&, const Said&) = default;
};

inline Said said_in(const Arrival& arrival) {
    return {arrival.subject, arrival.trust, arrival.essence, arrival.record.deduplicated};
}

}  // namespace pinrelay::spool
