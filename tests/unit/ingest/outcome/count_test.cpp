#include "ingest/outcome/count.hpp"

#include <gtest/gtest.h>

#include "fixtures/counting_metrics.hpp"
#include "fixtures/fake_destination.hpp"

namespace pinrelay::ingest {
namespace {

TEST(Count, CountsWhatIsNotSentByItsReasonAndEachWarning) {
    const test::FakeDestination destination("fake");
    std::vector<Outcome> outcomes(4);
    outcomes[0].destination = &destination;
    outcomes[0].warnings = {{"bad_value", "value", "left out"}};
    outcomes[1].destination = &destination;
    outcomes[1].result = destination::Drop{"bot", "", ""};
    outcomes[2].result = decode::Ignored{"ping"};
    outcomes[3].result = decode::Rejection{decode::RejectCode::NotAnEvent, "", ""};
    test::CountingMetrics metrics;

    count(metrics, outcomes);

    EXPECT_EQ(metrics["warned:fake:bad_value"], 1U);
    EXPECT_EQ(metrics["dropped:fake:bot"], 1U);
    EXPECT_EQ(metrics["dropped:none:ping"], 1U);
    EXPECT_EQ(metrics["dropped:none:" + std::string(decode::to_string(decode::RejectCode::NotAnEvent))], 1U);
    EXPECT_EQ(metrics.counts.size(), 4U) << "the record is the ledger's to count";
}

}  // namespace
}  // namespace pinrelay::ingest
