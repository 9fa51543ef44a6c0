#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace pinrelay::ingest {

// Tells the first time of each of a bounded number of things: for sentences that are said once. Takes no lock. Any
// thread.
template <std::size_t capacity>
class FirstTimes {
public:
    // Whether this is the first call for `key`. False for every further key once `capacity` of them are known.
    bool is_first(std::uint64_t key) noexcept {
        const std::uint64_t wanted = key == 0 ? 1 : key;  // 0 marks a free place
        for (std::atomic<std::uint64_t>& place : places_) {
            std::uint64_t known = place.load(std::memory_order_relaxed);
            if (known == 0 && place.compare_exchange_strong(known, wanted, std::memory_order_relaxed)) return true;
            if (known == wanted) return false;
        }
        return false;
    }

private:
    std::array<std::atomic<std::uint64_t>, capacity> places_{};
};

}  // namespace pinrelay::ingest
