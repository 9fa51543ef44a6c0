#include <gtest/gtest.h>

#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

// Of texts that last.
model::Event visit_of(std::string_view email, std::string_view id) {
    model::Event visit = event("page_view");
    visit.user_data.emails = {email, "broken"};
    visit.user_data.phones = {"+4915112345678"};
    visit.user_id = id;
    return visit;
}

// Other values, other countries, LDP and the end of it: an event's translation does not depend on the ones before it.
TEST(PersonMemo, ChangesNoTranslation) {
    std::vector<model::Event> events = {visit_of("jane@example.com", "1"), visit_of("jane@example.com", "2"),
                                        visit_of("joe@example.com", "2"), visit_of("joe@example.com", "2")};
    events.push_back(events.back());
    events.back().user_data.countries = {"US"};
    events.back().user_data.regions = {"CA"};
    events.push_back(events.back());
    events.back().consent.sale_opt_out = true;
    events.push_back(events.front());
    const auto account = pinterest::make_pinterest(settings());
    const auto memo = account->make_memo();

    ASSERT_NE(memo, nullptr);
    for (const auto& one : events) {
        const auto alone = account->translate(one, received);
        const auto shared = account->translate_sharing(one, received, memo.get());
        EXPECT_EQ(std::get<model::Record>(shared.outcome), std::get<model::Record>(alone.outcome));
        EXPECT_EQ(shared.warnings, alone.warnings);
    }
}

TEST(PersonMemo, OfAnotherDestinationIsNotUsed) {
    class Other final : public destination::Memo {
    } other;
    const auto account = pinterest::make_pinterest(settings());
    const auto visit = visit_of("jane@example.com", "1");

    EXPECT_EQ(std::get<model::Record>(account->translate_sharing(visit, received, &other).outcome),
              std::get<model::Record>(account->translate(visit, received).outcome));
}

// A mapping rule can name any list of the request; the user's id comes to those that the sender lists.
TEST(UserData, HoldsTheDigestsOfTenValuesAtMost) {
    model::Event bought = event("purchase");
    for (int i = 0; i < 100; ++i) {
        bought.user_data.emails.push_back(lasting("jane" + std::to_string(i) + "@example.com"));
        bought.user_data.phones.push_back(lasting("+491511234560" + std::to_string(i % 10) + std::to_string(i / 10)));
        bought.user_data.external_ids.push_back(lasting("id-" + std::to_string(i)));
    }
    bought.user_id = "jane";
    const auto result = translate(bought);

    const auto size_of = [&](const char* pointer) { return result.body.at_pointer(pointer)->items().size(); };
    EXPECT_EQ(size_of("/user_data/em"), 10U);
    EXPECT_EQ(size_of("/user_data/ph"), 20U) << "each with and without its plus sign";
    EXPECT_EQ(size_of("/user_data/external_id"), 10U);
    EXPECT_EQ(result.message_of("list_left_out"), "90 values beyond the first 10 are left out");
}

}  // namespace
}  // namespace pinrelay::test
