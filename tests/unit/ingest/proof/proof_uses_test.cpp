#include "ingest/proof/proof_uses.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

using namespace std::chrono_literals;

const SteadyTime uses_begin{};
constexpr std::uint64_t uses_seed = 42;

TEST(ProofUses, CountEachProofAlone) {
    ProofUses uses(2, uses_begin, uses_seed);

    EXPECT_TRUE(uses.take(1, uses_begin));
    EXPECT_TRUE(uses.take(1, uses_begin));
    EXPECT_FALSE(uses.take(1, uses_begin));
    EXPECT_TRUE(uses.take(2, uses_begin));
}

TEST(ProofUses, BeginAnewADayAfterTheFirst) {
    ProofUses uses(2, uses_begin, uses_seed);
    uses.take(1, uses_begin + 1h);
    uses.take(1, uses_begin + 20h);

    EXPECT_FALSE(uses.take(1, uses_begin + 24h));
    EXPECT_TRUE(uses.take(1, uses_begin + 25h));
    EXPECT_TRUE(uses.take(1, uses_begin + 25h));
    EXPECT_FALSE(uses.take(1, uses_begin + 48h));
}

TEST(ProofUses, KeepTheMostUsedWhereVeryManyCome) {
    ProofUses uses(3, uses_begin, uses_seed);
    for (int i = 0; i < 3; ++i) uses.take(1, uses_begin);

    for (std::uint64_t other = 2; other < 300'000; ++other) uses.take(other, uses_begin);

    EXPECT_FALSE(uses.take(1, uses_begin)) << "those used once give way to each other";
}

}  // namespace
}  // namespace pinrelay::ingest
