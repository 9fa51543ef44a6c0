#include "pinrelay/core/clock.hpp"

#include <gtest/gtest.h>

namespace pinrelay {
namespace {

TEST(SystemNow, LiesBetweenTwoReadingsOfTheSystemsClock) {
    const auto before = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());

    const Time now = system_now();

    EXPECT_GE(now, before);
    EXPECT_LE(now, std::chrono::system_clock::now());
}

}  // namespace
}  // namespace pinrelay
