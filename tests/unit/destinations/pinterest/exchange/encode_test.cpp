#include "pinrelay/core/version.hpp"
#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

std::vector<model::StoredRecord> batch(const std::vector<std::string>& bodies) {
    std::vector<model::StoredRecord> list(bodies.size());
    for (std::size_t i = 0; i < bodies.size(); ++i) list[i].record.body = bodies[i];
    return list;
}

TEST(Encode, JoinsTheBodiesAsTheyAre) {
    const auto request = pinterest::make_pinterest(settings())->encode(batch({R"({"a":1})", R"({"b":2})"}));

    EXPECT_EQ(request.body, R"({"data":[{"a":1},{"b":2}]})");
}

TEST(Encode, PostsToTheAccountsEvents) {
    const auto request = pinterest::make_pinterest(settings())->encode(batch({"{}"}));

    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/v5/ad_accounts/549755885175/events");
    EXPECT_EQ(request.query, "");
    EXPECT_EQ(request.headers, (http::Headers{{"Authorization", "Bearer pina_TESTTOKEN"},
                                              {"Content-Type", "application/json"},
                                              {"Accept", "application/json"},
                                              {"User-Agent", "pinrelay/" + std::string(version())}}));
}

TEST(Encode, SaysSoInTestMode) {
    auto with = settings();
    with.test_mode = true;

    EXPECT_EQ(pinterest::make_pinterest(with)->encode(batch({"{}"})).query, "test=true");
}

TEST(Batches, AreAThousandEventsOrTwentyInTestMode) {
    auto with = settings();
    EXPECT_EQ(pinterest::make_pinterest(with)->max_batch().records, 1000U);
    EXPECT_EQ(pinterest::make_pinterest(with)->max_batch().bytes, 1'000'000U);

    with.test_mode = true;
    EXPECT_EQ(pinterest::make_pinterest(with)->max_batch().records, 20U);
}

}  // namespace
}  // namespace pinrelay::test
