#include <gtest/gtest.h>

#include <string>

#include "pinrelay/decode/decoder.hpp"
#include "support/decoding.hpp"

// Bodies that are small to send and would be dear to read if some step compared everything with everything. They need
// well under a second each; a quadratic step would run into the test's time limit.
namespace pinrelay::decode {
namespace {

using test::decode_event;
using test::post;

constexpr std::size_t many = 300'000;

std::string numbered(std::string_view before, std::string_view after) {
    std::string result;
    for (std::size_t i = 0; i < many; ++i) {
        if (i != 0) result += ',';
        result += before;
        result += std::to_string(i);
        result += after;
    }
    return result;
}

TEST(HostileInput, OfFiveMebibytesInOneTextIsRead) {
    const std::string text(5 * 1024 * 1024, 'x');

    const auto event = decode_event(R"({"event":"a","page_title":")" + text + "\"}");

    EXPECT_EQ(event.page_title, text);
}

TEST(HostileInput, OfManyMembersIsRead) {
    EXPECT_EQ(decode_event("{\"event\":\"a\"," + numbered("\"k", "\":1") + "}").name, "a");
}

TEST(HostileInput, OfManyTextsForOneFieldIsRead) {
    EXPECT_EQ(decode_event("{\"event\":\"a\",\"email\":[" + numbered("\"", "\"") + "]}").user_data.emails.size(), 100U);
}

TEST(HostileInput, OfManyAddressesIsRead) {
    const auto event = decode_event("{\"event\":\"a\",\"address\":[" + numbered("{\"city\":\"", "\"}") + "]}");

    EXPECT_EQ(event.user_data.cities.size(), 20U);
}

TEST(HostileInput, OfManyMembersBesideAnEventIsRead) {
    const std::string body =
        "{\"event_data\":{\"event\":\"a\"," + numbered("\"k", "\":1") + "}," + numbered("\"b", "\":1") + "}";

    EXPECT_EQ(decode_event(body).name, "a");
}

TEST(HostileInput, OfManyMembersSharedByManyEventsIsRefused) {
    std::string events;
    for (int i = 0; i < 200; ++i) events += std::string(i == 0 ? "" : ",") + R"({"name":"a"})";

    const auto rejection =
        test::decode_rejection(post("{\"events\":[" + events + "]," + numbered("\"k", "\":1") + "}"));

    EXPECT_EQ(rejection.code, RejectCode::TooManyEvents);
}

TEST(HostileInput, OfMuchSharedByManyEventsInAllLinesTogetherIsRefused) {
    const std::string line = R"({"events":[{"event":"a"},{"event":"b"}],"k":")" + std::string(100'000, 'x') + "\"}\n";
    std::string lines;
    for (int i = 0; i < 90; ++i) lines += line;

    EXPECT_EQ(test::decode_rejection(post(lines)).code, RejectCode::TooManyEvents);
}

TEST(HostileInput, OfManyNestedArraysIsRefused) {
    EXPECT_EQ(test::decode_rejection(post("[[" + numbered("[", "]") + "]]")).code, RejectCode::TooManyEvents);
}

TEST(HostileInput, CutOffAnywhereEndsInAnAnswer) {
    const std::string body =
        R"([{"event":"p\u00e9","ecommerce":{"purchase":{"actionField":{"step":"1"},"products":[{"id":1}]}},
        "user_data":{"address":[{"city":"x"}]},"timestamp":1e3},["event","a",{}],{"events":[{"name":"a"}]}])";

    for (std::size_t length = 0; length <= body.size(); ++length) {
        const auto decoded = Formats().decode(post(body.substr(0, length)));

        EXPECT_EQ(std::holds_alternative<Members>(decoded), length == body.size()) << length;
    }
}

TEST(HostileInput, WithOneByteChangedEndsInAnAnswer) {
    const std::string body =
        R"({"client_id":"8.9","events":[{"name":"purchase","params":{"items":"[{\"item_id\":\"A\"}]","value":1.5}}]})";
    std::size_t answers = 0;

    for (std::size_t i = 0; i < body.size(); ++i) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = body;
            changed[i] = static_cast<char>(byte);
            const auto decoded = Formats().decode(post(std::move(changed)));
            answers += decoded.valueless_by_exception() ? 0 : 1;
        }
    }

    EXPECT_EQ(answers, body.size() * 256);
}

}  // namespace
}  // namespace pinrelay::decode
