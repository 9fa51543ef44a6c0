#include "ingest/endpoints.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

struct Row {
    const char* path;
    std::optional<Endpoint> expected;
};

class EndpointsTest : public testing::TestWithParam<Row> {};

TEST_P(EndpointsTest, KnowsThePath) {
    const Endpoints endpoints({"/collect", "/track/"});

    EXPECT_EQ(endpoints.find(GetParam().path), GetParam().expected) << GetParam().path;
}

INSTANTIATE_TEST_SUITE_P(
    Paths, EndpointsTest,
    testing::Values(Row{"/collect", Endpoint::Collect}, Row{"/collect/", Endpoint::Collect},
                    Row{"/collect/g/collect", Endpoint::Collect}, Row{"/collect/mp/collect", Endpoint::Collect},
                    Row{"/collect/debug/mp/collect", Endpoint::Debug}, Row{"/collect/debug", Endpoint::Debug},
                    Row{"/collect/data", Endpoint::Collect}, Row{"/track", Endpoint::Collect},
                    Row{"/track/mp/collect", Endpoint::Collect}, Row{"/mp/collect", Endpoint::Collect},
                    Row{"/g/collect", Endpoint::Collect}, Row{"/debug/mp/collect", Endpoint::Debug},
                    Row{"/healthz", Endpoint::Health}, Row{"/", std::nullopt}, Row{"", std::nullopt},
                    Row{"/collector", std::nullopt}, Row{"/collect//", std::nullopt}, Row{"/COLLECT", std::nullopt},
                    Row{"/collect/other", std::nullopt}, Row{"/metrics", std::nullopt}));

TEST(Endpoints, TakeTheRootAsAPrefix) {
    const Endpoints endpoints({"/"});

    EXPECT_EQ(endpoints.find("/"), Endpoint::Collect);
    EXPECT_EQ(endpoints.find("/mp/collect"), Endpoint::Collect);
}

}  // namespace
}  // namespace pinrelay::ingest
