#include <gtest/gtest.h>

#include <string_view>

#include "golden_case.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"

// pinterest.json holds what becomes of each event of a case, in order, in the profile `standard`;
// pinterest.extended.json the same for `extended`, where it differs.
namespace pinrelay::test {
namespace {

namespace pinterest = destinations::pinterest;

std::unique_ptr<destination::Destination> destination_for(pinterest::Profile profile) {
    pinterest::Settings settings;
    settings.ad_account_id = "549755885175";
    settings.access_token = Secret("t");
    settings.default_region = "US";
    settings.profile = profile;
    return pinterest::make_pinterest(std::move(settings));
}

// A visitor for every event, so that each shows what is made of it. Who the visitor really is, ingest decides.
void add_visitor(model::Event& event, const http::Request& request) {
    if (!event.ip_address) event.ip_address = request.peer_address;
    const std::string* agent = request.header("User-Agent");
    if (!event.user_agent) event.user_agent = agent == nullptr ? "Mozilla/5.0 (golden)" : *agent;
}

Json to_json(const destination::Translation& translation) {
    Json json = Json::object();
    if (const auto* record = std::get_if<model::Record>(&translation.outcome)) {
        json["sent"] = Json::parse(record->body);
    } else {
        const auto& drop = std::get<destination::Drop>(translation.outcome);
        json["dropped"] = std::string(drop.reason) + " " + drop.field;
    }
    if (!translation.warnings.empty()) json["warnings"] = Json::array();
    for (const auto& warning : translation.warnings)
        json["warnings"].push_back(std::string(warning.code) + " " + warning.field);
    return json;
}

// What was dead and is replayed under the same settings goes out as it was.
void expect_the_same_again(const destination::Destination& destination, const destination::Translation& translation) {
    const auto* record = std::get_if<model::Record>(&translation.outcome);
    if (record == nullptr) return;
    const auto again = destination.translate_again(*record, golden_received);
    ASSERT_TRUE(std::holds_alternative<model::Record>(again.outcome)) << record->body;
    EXPECT_TRUE(std::get<model::Record>(again.outcome) == *record) << std::get<model::Record>(again.outcome).body;
    EXPECT_TRUE(again.warnings.empty()) << record->body;
}

std::string translated(const GoldenCase& one, pinterest::Profile profile) {
    const http::Request request = golden_request(one);
    const auto destination = destination_for(profile);
    auto decoded = golden_decoded(one);
    Json list = Json::array();
    if (auto* members = std::get_if<decode::Members>(&decoded)) {
        for (auto& member : *members) {
            auto* event = std::get_if<model::Event>(&member);
            if (event == nullptr) continue;
            if (event->consent.denied()) {
                list.push_back(Json{{"kept back", "consent"}});  // by ingest, before it asks a destination
                continue;
            }
            add_visitor(*event, request);
            event->fingerprint = "fingerprint";  // its value is decode's, and stands in event.json
            const auto translation = destination->translate(*event, golden_received);
            expect_the_same_again(*destination, translation);
            list.push_back(to_json(translation));
        }
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
