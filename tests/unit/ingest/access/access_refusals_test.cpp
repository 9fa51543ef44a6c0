#include "ingest/access/access_refusals.hpp"

#include <gtest/gtest.h>

#include "fixtures/counting_metrics.hpp"
#include "fixtures/test_logger.hpp"

namespace pinrelay::ingest {
namespace {

using namespace std::chrono_literals;

TEST(AccessRefusals, AnswerAndCountEachAndLogOneAMinute) {
    test::CountingMetrics metrics;
    test::TestLogger logger;
    const AccessRefusals refusals(metrics, logger);
    const http::Refusal refusal{401, "key_wrong", "no such key"};
    const Time start(10min);

    const auto answer = refusals.refuse(refusal, start);
    refusals.refuse(refusal, start + 59s);
    const auto within_a_minute = logger.count(LogLevel::Warn);
    refusals.refuse(refusal, start + 60s);

    EXPECT_EQ(answer.status, 401);
    EXPECT_NE(answer.body.find("key_wrong"), std::string::npos);
    EXPECT_EQ(metrics["rejected:key_wrong"], 3U);
    EXPECT_EQ(within_a_minute, 1U);
    EXPECT_EQ(logger.count(LogLevel::Warn), 2U);
}

}  // namespace
}  // namespace pinrelay::ingest
