#include <gtest/gtest.h>

#include <string_view>

#include "golden_judge.hpp"
#include "ingest/visitor/visitor.hpp"

// pinterest.json holds what ingest and the destination make of each event of a case, in order, in the profile
// `standard`; pinterest.extended.json the same for `extended`, where it differs.
namespace pinrelay::test {
namespace {

Json to_json(const ingest::Outcome& outcome) {
    Json json = Json::object();
    if (const auto* record = std::get_if<model::Record>(&outcome.result)) {
        json["sent"] = Json::parse(record->body);
    } else {
        const auto& drop = std::get<destination::Drop>(outcome.result);
        if (drop.reason == "consent") return Json{{"kept back", "consent"}};
        json["dropped"] = std::string(drop.reason) + " " + drop.field;
    }
    if (!outcome.warnings.empty()) json["warnings"] = Json::array();
    for (const auto& warning : outcome.warnings)
        json["warnings"].push_back(std::string(warning.code) + " " + warning.field);
    return json;
}

// What was dead and is replayed under the same settings goes out as it was.
void expect_the_same_again(const destination::Destination& destination, const ingest::Outcome& outcome) {
    const auto* record = std::get_if<model::Record>(&outcome.result);
    if (record == nullptr) return;
    const auto again = destination.translate_again(*record, golden_received);
    ASSERT_TRUE(std::holds_alternative<model::Record>(again.outcome)) << record->body;
    EXPECT_TRUE(std::get<model::Record>(again.outcome) == *record) << std::get<model::Record>(again.outcome).body;
    EXPECT_TRUE(again.warnings.empty()) << record->body;
}

constexpr const char* fingerprint = "fingerprint";  // the value is decode's, and stands in event.json

// Readies the events of a case for ingest, and returns the fingerprint that ingest gives to each.
std::vector<std::string> prepare(decode::Members& members, const http::Request& request) {
    std::vector<std::string> fingerprints;
    std::erase_if(members, [](const auto& member) { return !std::holds_alternative<model::Event>(member); });
    for (auto& member : members) {
        auto& event = std::get<model::Event>(member);
        event.fingerprint = fingerprint;
        name_visitor(event, request);
        model::Event visited = event;
        ingest::add_visitor(visited, request, request.peer_address, arena());
        fingerprints.emplace_back(visited.fingerprint);
    }
    return fingerprints;
}

std::string translated(const GoldenCase& one, pinterest::Profile profile) {
    const http::Request request = request_of(one);
    const auto destination = destination_for(profile);
    auto decoded = golden_decoded(one);
    Json list = Json::array();
    auto* members = std::get_if<decode::Members>(&decoded);
    if (members == nullptr) return list.dump(2) + "\n";
    const auto fingerprints = prepare(*members, request);
    for (const auto& outcome : judged(*destination, request, std::move(*members))) {
        expect_the_same_again(*destination, outcome);
        Json entry = to_json(outcome);
        const auto sent = entry.find("sent");
        if (sent != entry.end() && sent->value("event_id", "") == fingerprints.at(list.size()))
            (*sent)["event_id"] = fingerprint;
        list.push_back(std::move(entry));
    }
    return list.dump(2) + "\n";
}

void bless(const std::filesystem::path& path, const std::string& text, bool wanted) {
    if (wanted) {
        std::ofstream(path, std::ios::binary) << text;
    } else {
        std::filesystem::remove(path);
    }
}

class Translation : public testing::TestWithParam<GoldenCase> {};

TEST_P(Translation, IsAsWrittenDown) {
    const std::filesystem::path standard_path = GetParam().folder / "pinterest.json";
    const std::filesystem::path extended_path = GetParam().folder / "pinterest.extended.json";

    const std::string standard = translated(GetParam(), pinterest::Profile::Standard);
    const std::string extended = translated(GetParam(), pinterest::Profile::Extended);

    if (blessing()) {
        bless(standard_path, standard, standard != "[]\n");
        bless(extended_path, extended, extended != standard);
        return;
    }
    const std::string expected = std::filesystem::exists(standard_path) ? read_file(standard_path) : "[]\n";
    EXPECT_EQ(standard, expected);
    EXPECT_EQ(extended, std::filesystem::exists(extended_path) ? read_file(extended_path) : expected);
}

INSTANTIATE_TEST_SUITE_P(Cases, Translation, testing::ValuesIn(golden_cases()),
                         [](const auto& one) { return test_name(one.param); });

}  // namespace
}  // namespace pinrelay::test
