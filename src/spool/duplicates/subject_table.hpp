#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pinrelay/model/record.hpp"

namespace pinrelay::spool {

// What is remembered of a record in place of its destination, event_name and event_id: a hash of 128 bits. That any two
// of a million events share theirs by accident happens in one of 10^26 such millions.
struct EventKey {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend bool operator==(const EventKey&, const EventKey&) = default;
};

EventKey key_of(std::string_view destination, std::string_view event_name, std::string_view event_id);
EventKey key_of(const model::Record& record);

// Keys with the subjects that they were seen with, in one block of memory without pointers: 24 bytes a slot, of which a
// quarter at least stays free, so that a look-up touches a cache line or two. Not thread-safe.
class SubjectTable {
public:
    // Whoever knows the seed can choose ids that all fall into one place.
    explicit SubjectTable(std::uint64_t seed);

    const std::uint64_t* find(EventKey key) const noexcept;  // until the next change
    void put(EventKey key, std::uint64_t subject);           // in place of what was there
    void erase(EventKey key) noexcept;

    std::size_t size() const noexcept { return size_; }

private:
    struct Slot {
        EventKey key;  // all zero: free. No record has that key
        std::uint64_t subject = 0;
        bool free() const noexcept { return key == EventKey{}; }
    };

    std::size_t home(EventKey key) const noexcept;
    std::size_t after(std::size_t slot) const noexcept { return (slot + 1) & (slots_.size() - 1); }
    std::size_t slot_of(EventKey key) const noexcept;  // where it is, or would be
    void grow();

    std::uint64_t high_factor_;
    std::uint64_t low_factor_;
    std::vector<Slot> slots_;  // a power of two of them
    unsigned shift_ = 0;
    std::size_t size_ = 0;
};

}  // namespace pinrelay::spool
