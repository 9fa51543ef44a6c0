#include "pinrelay/core/clock.hpp"

#include <cstdint>
#include <random>

namespace pinrelay {

namespace {

constexpr int mantissa_bits = 53;  // of a double: more would round up to 1

std::mt19937_64 seeded_generator() {
    std::random_device entropy;
    std::seed_seq seed{entropy(), entropy(), entropy(), entropy()};
    return std::mt19937_64(seed);
}

double uniform() {
    // One generator per thread needs no lock.
    thread_local std::mt19937_64 generator = seeded_generator();
    constexpr double steps = static_cast<double>(std::uint64_t{1} << mantissa_bits);
    return static_cast<double>(generator() >> (64 - mantissa_bits)) / steps;
}

}  // namespace

Time system_now() { return std::chrono::time_point_cast<Time::duration>(std::chrono::system_clock::now()); }

Random system_random() { return uniform; }

}  // namespace pinrelay
