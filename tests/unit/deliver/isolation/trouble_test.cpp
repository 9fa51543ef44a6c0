#include "deliver/isolation/trouble.hpp"

#include <gtest/gtest.h>

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

destination::Verdict retry_verdict(destination::Retry retry) {
    destination::Verdict verdict;
    verdict.decision = retry;
    verdict.message = "HTTP 500";
    return verdict;
}

TEST(TroubleOf, SuspectsRecordsWhereTheyMayBeTheReason) {
    EXPECT_TRUE(trouble_of(retry_verdict({std::nullopt, true, true}), 5)->maybe_content);
    EXPECT_TRUE(trouble_of(net::Failure{net::ClientErrc::Ambiguous, "reset"}, 5)->maybe_content);
    EXPECT_TRUE(trouble_of(destination::Verdict{}, 5)->maybe_content) << "an answer that leaves records out";
    destination::Verdict unclear;
    unclear.records.resize(5);
    unclear.records[2].fate = destination::Fate::Unclear;
    EXPECT_TRUE(trouble_of(unclear, 5)->maybe_content);
}

TEST(TroubleOf, SuspectsNobodyWhereTheAccountIsMeant) {
    EXPECT_FALSE(trouble_of(retry_verdict({std::nullopt, false, false}), 5)->maybe_content);
    EXPECT_FALSE(trouble_of(retry_verdict({7s, true, true}), 5)->maybe_content) << "a wait was asked for";
    EXPECT_FALSE(trouble_of(net::Failure{net::ClientErrc::NotSent, "refused"}, 5)->maybe_content);
    EXPECT_FALSE(trouble_of(net::Failure{net::ClientErrc::CertificateRefused, "expired"}, 5)->maybe_content);
}

TEST(TroubleOf, IsNothingForAnswersThatSettleOrRefuse) {
    destination::Verdict all;
    all.records.resize(5);
    destination::Verdict isolate;
    isolate.decision = destination::Isolate{};
    destination::Verdict pause;
    pause.decision = destination::Pause{"look"};

    EXPECT_FALSE(trouble_of(all, 5));
    EXPECT_FALSE(trouble_of(isolate, 5));
    EXPECT_FALSE(trouble_of(pause, 5));
}

}  // namespace
}  // namespace pinrelay::deliver
