#include "pinrelay/core/random.hpp"

#include <random>

namespace pinrelay {
namespace {

constexpr int mantissa_bits = 53;  // of a double: more would round up to 1

double uniform() {
    // One generator per thread needs no lock.
    thread_local std::mt19937_64 generator(random_seed());
    constexpr double steps = static_cast<double>(std::uint64_t{1} << mantissa_bits);
    return static_cast<double>(generator() >> (64 - mantissa_bits)) / steps;
}

}  // namespace

Random system_random() { return uniform; }

std::uint64_t random_seed() {
    std::random_device entropy;
    constexpr unsigned half = 32;
    return std::uint64_t{entropy()} << half | entropy();
}

}  // namespace pinrelay
