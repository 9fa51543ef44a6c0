#include "ingest/limits/first_times.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace pinrelay::ingest {
namespace {

TEST(FirstTimes, TellsTheFirstOfEachKey) {
    FirstTimes<4> times;

    EXPECT_TRUE(times.is_first(7));
    EXPECT_FALSE(times.is_first(7));
    EXPECT_TRUE(times.is_first(0));
    EXPECT_FALSE(times.is_first(0));
}

TEST(FirstTimes, IsSilentAboutWhatIsBeyondItsCapacity) {
    FirstTimes<2> times;

    EXPECT_TRUE(times.is_first(1));
    EXPECT_TRUE(times.is_first(2));
    EXPECT_FALSE(times.is_first(3));
    EXPECT_FALSE(times.is_first(1));
}

TEST(FirstTimes, TellsOneThreadOnly) {
    FirstTimes<64> times;
    std::atomic<int> firsts = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (std::uint64_t key = 1; key <= 50; ++key) firsts += times.is_first(key) ? 1 : 0;
        });
    for (auto& thread : threads) thread.join();

    EXPECT_EQ(firsts, 50);
}

}  // namespace
}  // namespace pinrelay::ingest
