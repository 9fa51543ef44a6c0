#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pinrelay/model/record.hpp"

namespace pinrelay::spool {

// Stands for a record's destination, event_name and event_id: a hash of 128 bits. Two of a million events share theirs
// by accident in one of 10^26 such millions. The file keeps it, so it stays the same from release to release.
struct EventKey {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend bool operator==(const EventKey&, const EventKey&) = default;
};

EventKey key_of(std::string_view destination, std::string_view event_name, std::string_view event_id);
EventKey key_of(const model::Record& record);

// Multiply-shift hashing with odd factors. A sender that knows the seed can choose ids that all fall into one place.
class EventKeyHash {
public:
    explicit EventKeyHash(std::uint64_t seed) noexcept;
    std::size_t operator()(EventKey key) const noexcept { return key.high * high_factor_ + key.low * low_factor_; }

private:
    std::uint64_t high_factor_;
    std::uint64_t low_factor_;
};

}  // namespace pinrelay::spool
