#include "ingest/access/required_trust.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

using model::Trust;

const std::vector<Requirement> required = {{"checkout", "", Trust::Key}, {"custom", "BeginCheckout", Trust::Network}};

std::string lacking(std::string event_name, std::string_view custom_name, Trust trust) {
    model::Record record;
    record.event_name = std::move(event_name);
    const auto drop = lacks_trust(required, record, custom_name, trust);
    return drop ? std::string(drop->reason) : "";
}

TEST(LacksTrust, DropsEventsOfLesserSendersOnly) {
    EXPECT_EQ(lacking("checkout", "", Trust::Anonymous), "untrusted_sender");
    EXPECT_EQ(lacking("checkout", "", Trust::Network), "untrusted_sender");
    EXPECT_EQ(lacking("checkout", "", Trust::Key), "");
    EXPECT_EQ(lacking("checkout", "", Trust::Signed), "");
    EXPECT_EQ(lacking("Checkout", "", Trust::Anonymous), "untrusted_sender");
    EXPECT_EQ(lacking("page_visit", "", Trust::Anonymous), "");
}

TEST(LacksTrust, KnowsAnEventOfOnesOwnByItsOwnName) {
    EXPECT_EQ(lacking("custom", "BeginCheckout", Trust::Browser), "untrusted_sender");
    EXPECT_EQ(lacking("custom", " begincheckout ", Trust::Browser), "untrusted_sender");
    EXPECT_EQ(lacking("custom", "BeginCheckout", Trust::Network), "");
    EXPECT_EQ(lacking("custom", "ViewCart", Trust::Anonymous), "");
}

}  // namespace
}  // namespace pinrelay::ingest
