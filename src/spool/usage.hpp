#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "commands.hpp"

namespace pinrelay::spool {

struct Load {
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;

    Load& operator+=(const Load& more);
};

// How much records take, in total and for each destination.
struct Usage {
    Load total;
    std::map<std::string, Load, std::less<>> by_destination;

    Usage& operator+=(const Usage& other);
};

// What a command adds to the store.
Usage usage_of(const Command& command);

// Divides the store between destinations, so that a flood of one leaves room for the others. Half of each bound is for
// whoever comes first. The other half is reserved in equal parts, one for each destination. With fewer than two there
// is nothing to divide. Not thread-safe.
class FairShare {
public:
    void divide_between(std::vector<std::string> destinations) { destinations_ = std::move(destinations); }

    // Whether `total` leaves the reserved half of the bound untouched, so that no part has to be checked.
    bool is_first_come(std::uint64_t total, std::uint64_t bound) const noexcept;

    // Whether `destination` may bring the store to `used` without taking room reserved for others. `amount` is the
    // member that the bound counts.
    using Amount = std::uint64_t Load::*;
    bool allows(const std::string& destination, const Usage& used, Amount amount, std::uint64_t bound) const;

private:
    std::vector<std::string> destinations_;
};

}  // namespace pinrelay::spool
