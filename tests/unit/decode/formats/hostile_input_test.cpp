#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fixtures/decoding.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/decode/warnings.hpp"

// Bodies that are small to send and would be dear to read if some step compared everything with everything. They need
// well under a second each; a quadratic step would run into the test's time limit.
namespace pinrelay::decode {
namespace {

using test::decode_event;
using test::post;

constexpr std::size_t many = 300'000;

// An operator may allow as many values.
constexpr DecodeLimits roomy{.values = 10'000'000};

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
    EXPECT_EQ(decode_event("{\"event\":\"a\"," + numbered("\"k", "\":1") + "}", roomy).name, "a");
}

TEST(HostileInput, OfManyTextsForOneFieldIsRead) {
    EXPECT_EQ(decode_event("{\"event\":\"a\",\"email\":[" + numbered("\"", "\"") + "]}", roomy).user_data.emails.size(),
              10U);
}

TEST(HostileInput, OfManyAddressesIsRead) {
    const auto event = decode_event("{\"event\":\"a\",\"address\":[" + numbered("{\"city\":\"", "\"}") + "]}", roomy);

    EXPECT_EQ(event.user_data.cities.size(), 10U);
}

TEST(HostileInput, OfManyMembersBesideAnEventIsRead) {
    const std::string body =
        "{\"event_data\":{\"event\":\"a\"," + numbered("\"k", "\":1") + "}," + numbered("\"b", "\":1") + "}";

    EXPECT_EQ(decode_event(body, roomy).name, "a");
}

TEST(HostileInput, OfManyMembersSharedByManyEventsIsReadWithoutRepeatingThem) {
    std::string events;
    for (int i = 0; i < 200; ++i) events += std::string(i == 0 ? "" : ",") + R"({"name":"a"})";
    const std::string shared = numbered("\"k", "\":1") + R"(,"client_id":"1.2","consent":{"ad_storage":"denied"})";

    const auto members = test::decode_members(post("{\"events\":[" + events + "]," + shared + "}"), roomy);

    ASSERT_EQ(members.size(), 200U);
    for (const Member& member : members) {
        const auto& event = std::get<model::Event>(member);
        EXPECT_EQ(event.client_id, "1.2");
        EXPECT_TRUE(event.consent.denied());
        ASSERT_EQ(event.warnings.size(), 1U);
        EXPECT_EQ(event.warnings[0].code, warnings::shared_left_out);
        EXPECT_LT(event.source.object()->size(), 10U);
    }
}

// Each of the events would have each of the items.
TEST(HostileInput, OfManyItemsSharedByManyEventsIsRefused) {
    const auto list_of = [](int count, const std::string& one) {
        std::string list;
        for (int i = 0; i < count; ++i) list += (i == 0 ? "[" : ",") + one;
        return list + "]";
    };
    const auto items = [&](int count) { return "\"items\":" + list_of(count, R"({"id":"A"})"); };
    const std::string requests[] = {
        "{" + items(5'000) + ",\"events\":" + list_of(2'000, R"({"name":"purchase"})") + "}",
        "{" + items(5'000) + ",\"data\":" + list_of(2'000, R"({"event":"purchase"})") + "}",
        "[[\"set\",{" + items(5'000) + "}]," + list_of(2'000, R"(["event","purchase",{}])").substr(1),
        R"({"user_data":{"email":)" + list_of(5'000, "\"a@b.example\"") +
            "},\"events\":" + list_of(2'000, R"({"name":"purchase"})") + "}",
    };
    for (const std::string& body : requests) {
        const Decoded decoded = test::decoded(decode::Formats(), post(body));
        ASSERT_TRUE(std::holds_alternative<Rejection>(decoded)) << body.substr(0, 40);
        EXPECT_EQ(std::get<Rejection>(decoded).code, RejectCode::TooManyValues);
    }

    const auto few =
        test::decode_members(post("{" + items(100) + ",\"events\":" + list_of(200, R"({"name":"purchase"})") + "}"));
    ASSERT_EQ(few.size(), 200U);
    EXPECT_EQ(std::get<model::Event>(few.back()).items.size(), 100U);
}

TEST(HostileInput, OfMuchSharedByManyEventsInAllLinesTogetherIsReadWithoutRepeatingIt) {
    const std::string line =
        R"({"events":[{"event":"a"},{"event":"b"}],"currency":"EUR","k":")" + std::string(100'000, 'x') + "\"}\n";
    std::string lines;
    for (int i = 0; i < 90; ++i) lines += line;

    const auto members = test::decode_members(post(lines));

    ASSERT_EQ(members.size(), 180U);
    EXPECT_EQ(std::get<model::Event>(members[0]).warnings.size(), 0U);
    EXPECT_EQ(std::get<model::Event>(members[179]).warnings.at(0).code, warnings::shared_left_out);
    EXPECT_EQ(std::get<model::Event>(members[179]).currency, "EUR");
}

TEST(HostileInput, OfManyNestedArraysIsRefused) {
    EXPECT_EQ(test::decode_rejection(post("[[" + numbered("[", "]") + "]]"), roomy).code, RejectCode::TooManyEvents);
}

std::string numbered_pairs(std::string_view before, std::size_t count) {
    std::string result;
    for (std::size_t i = 0; i < count; ++i) result += std::string(before) + std::to_string(i) + "=1&";
    return result;
}

TEST(HostileInput, OfManyPairsIsReadWithoutMostOfThem) {
    for (const char* query : {"v=2&en=a", "event=a", "event=a&dtcd={}"}) {
        const auto event = decode_event(post(numbered_pairs("a.", many), query), roomy);

        EXPECT_EQ(event.name, "a") << query;
        EXPECT_EQ(event.warnings.at(0).code, warnings::parameters_left_out) << query;
    }
}

TEST(HostileInput, OfManyPairsWithAMeaningIsRead) {
    for (const char* query : {"v=2&en=a", "event=a"})
        EXPECT_EQ(decode_event(post(numbered_pairs("items.", many), query), roomy).name, "a") << query;
}

TEST(HostileInput, OfManyItemsIsCounted) {
    const auto event = decode_event("{\"event\":\"a\",\"items\":[" + numbered("{\"id\":", "}") + "]}", roomy);

    EXPECT_EQ(event.items.size(), 5'000U);
    EXPECT_EQ(event.unlisted_units, many - 5'000);
}

TEST(HostileInput, OfManyCommandsIsRead) {
    std::string members;
    for (int i = 0; i < 1'600; ++i) {
        const std::string number = std::to_string(i);
        members += R"(["set",{"k)" + number + R"(":1,"user_data":{"email":"a)" + number + R"(@b.example"}}],)";
        members += R"({"event":"consent_update","client_id":")" + number + R"(","ad_storage":"denied"},)";
        members += R"(["consent","update",{"ad_storage":"granted"}],)";
    }

    const auto decoded = test::decode_members(post("[" + members + R"({"event":"purchase"}])"));

    ASSERT_EQ(decoded.size(), 4'801U);
    EXPECT_EQ(std::get<model::Event>(decoded.back()).user_data.emails, model::Texts{"a1599@b.example"});
    EXPECT_EQ(std::get<model::Event>(decoded.back()).consent.ad_storage, model::Grant::Granted);
}

TEST(HostileInput, OfManyKeysLikeKnownOnesIsRead) {
    const auto event = decode_event("{\"event\":\"a\"," + numbered("\"curency", "\":1") + "}", roomy);

    EXPECT_LE(event.warnings.size(), 5U);
}

TEST(HostileInput, OfManyLinesOfManyPairsIsRead) {
    std::string lines;
    for (int i = 0; i < 200; ++i) lines += "en=a&" + numbered_pairs("ep.user_data.k", 1900) + '\n';

    EXPECT_EQ(test::decode_members(post(lines, "v=2"), roomy).size(), 200U);
}

TEST(HostileInput, OfManyTildesIsRead) {
    std::string tildes;
    for (std::size_t i = 0; i < many; ++i) tildes += "~a~~id~";

    EXPECT_EQ(decode_event(post("", "v=2&en=a&pr1=idS" + tildes)).items.size(), 1U);
    EXPECT_EQ(decode_event(post("", "v=2&en=a&em=tv.1" + tildes)).user_data.emails.size(), 0U);
}

TEST(HostileInput, OfManyDotsIsRead) {
    EXPECT_EQ(decode_event(post("event=a&" + std::string(many, '.') + "=1")).name, "a");
    EXPECT_EQ(decode_event(post("event=a&" + numbered_pairs("items.0.", 1900))).name, "a");
    EXPECT_EQ(decode_event(post("event=a&" + numbered_pairs("", 1900))).name, "a");
}

TEST(HostileInput, CutOffAnywhereEndsInAnAnswer) {
    const std::string body =
        R"([{"event":"p\u00e9","ecommerce":{"purchase":{"actionField":{"step":"1"},"products":[{"id":1}]}},
        "user_data":{"address":[{"city":"x"}]},"timestamp":1e3},["event","a",{}],{"events":[{"name":"a"}]}])";

    for (std::size_t length = 0; length <= body.size(); ++length) {
        const auto decoded = test::decoded(decode::Formats(), post(body.substr(0, length)));

        EXPECT_EQ(std::holds_alternative<Members>(decoded), length == body.size()) << length;
    }
}

constexpr const char* samples[][2] = {
    // body, query
    {R"({"client_id":"8.9","events":[{"name":"purchase","params":{"items":"[{\"item_id\":\"A\"}]","value":1.5}}]})",
     ""},
    {"en=purchase&epn.value=1.5&pr1=idS~nmA ~~ B%7Epr1~k0a~v0b\r\nen=a&ep.user_data.address.0.city=x",
     "v=2&cid=1.2&cu=USD&em=tv.1~em.e1~fn0.x"},
    {"", "v=2&en=purchase&ep.user_data.email.0=a%40b.c&pr10=idS&pr2=idT&up.a=1&gcd=13t3t3t3t5"},
    {"event=purchase&items.0.item_id=A&items.1.price=2&user_data.address.0.city=x", "client_id=1.2"},
    {"", "event=a&dtdc=eyJldmVudCI6ImEiLCJ2YWx1ZSI6MS41fQ%3D%3D&dtcd=%7B%22a%22%3A1%7D"},
    {"v=1&t=event\nv=1&t=pageview", ""},
};

// Decodes what `change` makes of each byte of a text; the number of answers.
template <class Decode>
std::size_t answers_to_changes(const std::string& text, const Decode& decode) {
    std::size_t answers = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = text;
            changed[i] = static_cast<char>(byte);
            answers += decode(std::move(changed)).valueless_by_exception() ? 0 : 1;
        }
    }
    return answers;
}

TEST(HostileInput, WithOneByteChangedEndsInAnAnswer) {
    for (const auto& [body, query] : samples) {
        const std::string whole_body = body;
        const std::string whole_query = query;

        const auto of_bodies = answers_to_changes(
            whole_body, [&](std::string changed) { return test::decoded(decode::Formats(), post(std::move(changed), whole_query)); });
        const auto of_queries = answers_to_changes(
            whole_query, [&](std::string changed) { return test::decoded(decode::Formats(), post(whole_body, std::move(changed))); });

        EXPECT_EQ(of_bodies, whole_body.size() * 256) << body;
        EXPECT_EQ(of_queries, whole_query.size() * 256) << query;
    }
}

TEST(HostileInput, CutOffInAFormEndsInAnAnswer) {
    for (const auto& [body, query] : samples) {
        const std::string_view whole = query;
        for (std::size_t length = 0; length <= whole.size(); ++length) {
            const auto decoded = test::decoded(decode::Formats(), post(body, std::string(whole.substr(0, length))));

            EXPECT_FALSE(decoded.valueless_by_exception()) << length;
        }
    }
}

// Each pair of an item string is set once; a copy of the item for each pair would take the square of the body.
TEST(HostileInput, OfItemStringsTakesMemoryInProportion) {
    std::string body = "en=purchase&pr1=id1";
    while (body.size() < 100'000) body += "~id1~nm2";
    model::Arena arena;
    const http::Request request = post(body, "v=2");

    const Decoded decoded = Formats().decode(request, arena);

    EXPECT_EQ(std::get<model::Event>(std::get<Members>(decoded).at(0)).items.size(), 1U);
    EXPECT_LT(arena.size(), 50 * body.size());
}

}  // namespace
}  // namespace pinrelay::decode
