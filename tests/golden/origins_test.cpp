#include <gtest/gtest.h>

#include <set>
#include <string>

#include "event_keys.hpp"
#include "golden_judge.hpp"

// Where the values of a finished event came from. origins.json holds it for the cases that are named after a purchase.
namespace pinrelay::test {
namespace {

class Origins : public testing::TestWithParam<GoldenCase> {
protected:
    static std::vector<ingest::Outcome> explained() {
        const http::Request request = request_of(GetParam());
        auto decoded = golden_decoded(GetParam(), decode::Explain::Yes);
        auto* members = std::get_if<decode::Members>(&decoded);
        if (members == nullptr) return {};
        for (auto& member : *members)
            if (auto* event = std::get_if<model::Event>(&member)) name_visitor(*event, request);
        const auto destination = destination_for(pinterest::Profile::Standard);
        return judged(*destination, request, std::move(*members), true);
    }
};

TEST_P(Origins, AreThereForEachKeyThatIsSentAndForNoOther) {
    for (const ingest::Outcome& outcome : explained()) {
        const auto* record = std::get_if<model::Record>(&outcome.result);
        if (record == nullptr) continue;
        std::set<std::string> explained_keys;
        for (const auto& origin : outcome.evidence->origins) {
            EXPECT_FALSE(origin.rule.empty()) << origin.field;
            EXPECT_TRUE(explained_keys.insert(origin.field).second) << origin.field << " is explained twice";
        }

        EXPECT_EQ(explained_keys, keys_of_event(Json::parse(record->body))) << record->body;
    }
}

class OriginsOfPurchases : public Origins {};

TEST_P(OriginsOfPurchases, AreAsWrittenDown) {
    const std::filesystem::path path = GetParam().folder / "origins.json";
    Json list = Json::array();
    for (const ingest::Outcome& outcome : explained()) {
        Json entry = Json::object();
        for (const auto& origin : outcome.evidence->origins) entry[origin.field] = origin.source;
        for (const auto& key : outcome.evidence->unread) entry["unused"][key.key] = key.meant;
        list.push_back(std::move(entry));
    }

    if (blessing()) write_json(path, list);
    EXPECT_EQ(Json::parse(read_file(path), nullptr, false), list);
}

INSTANTIATE_TEST_SUITE_P(Cases, Origins, testing::ValuesIn(golden_cases()),
                         [](const auto& one) { return test_name(one.param); });

std::vector<GoldenCase> purchases() {
    std::vector<GoldenCase> cases = golden_cases();
    std::erase_if(cases, [](const GoldenCase& one) { return one.name().find("purchase") == std::string::npos; });
    return cases;
}

INSTANTIATE_TEST_SUITE_P(Cases, OriginsOfPurchases, testing::ValuesIn(purchases()),
                         [](const auto& one) { return test_name(one.param); });

}  // namespace
}  // namespace pinrelay::test
