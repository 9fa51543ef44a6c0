#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

using namespace std::chrono_literals;
using destination::Fate;
using destination::Isolate;
using destination::Judged;
using destination::Pause;
using destination::Retry;
using destination::Verdict;

Verdict judge(int status, std::string body, std::size_t count = 1, http::Headers headers = {}) {
    http::Response response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = std::move(body);
    return pinterest::make_pinterest(settings())->judge(response, count, received);
}

// One letter per record: D delivered, R refused, U unclear.
std::string fates(const Verdict& verdict) {
    constexpr std::string_view all = "DRU";
    std::string letters;
    for (const auto& record : verdict.records) letters += all[static_cast<std::size_t>(record.fate)];
    return letters;
}

template <class Decision>
bool is(const Verdict& verdict) {
    return std::holds_alternative<Decision>(verdict.decision);
}

constexpr const char* ok = R"({"status":"processed","error_message":"","warning_message":""})";
constexpr const char* bad = R"({"status":"failed","error_message":"Invalid event_name: x","warning_message":null})";

std::string success(const std::vector<std::string>& events, int processed) {
    std::string list;
    for (const auto& event : events) list += (list.empty() ? "" : ",") + event;
    return R"({"num_events_received":9,"num_events_processed":)" + std::to_string(processed) + R"(,"events":[)" + list +
           "]}";
}

TEST(Judge, GivesEachEventItsOwnVerdictUnder200) {
    const auto verdict = judge(200, success({ok, bad, ok}, 2), 3);

    EXPECT_TRUE(is<Judged>(verdict));
    EXPECT_EQ(fates(verdict), "DRD");
    EXPECT_EQ(verdict.records[1].message, "Invalid event_name: x");
    EXPECT_EQ(verdict.records[0].message, "");
}

TEST(Judge, PassesWarningsOn) {
    const auto verdict = judge(
        200, success({R"({"status":"processed","warning_message":"external_id is missing; click_id is missing"})"}, 1));

    EXPECT_EQ(fates(verdict), "D");
    EXPECT_EQ(verdict.records[0].warning, "external_id is missing; click_id is missing");
}

TEST(Judge, ToleratesAbsentNulls) {
    EXPECT_EQ(fates(judge(200, R"({"events":[{"status":"processed"},{"status":"failed"}]})", 2)), "DR");
}

// The rows of docs/delivery.md: three events are sent unless the row says one.
TEST(Judge, CountsNoEventAsDeliveredWithoutAnEntryOrACountThatSupportsIt) {
    struct Row {
        std::string what;
        std::string body;
        std::string fates;
        std::string contradictions;
        std::size_t count = 3;
    };
    const auto body = [](const std::string& counts, const std::string& events) { return "{" + counts + events + "}"; };
    const std::string all = R"("num_events_received":3,"num_events_processed":3)";
    const std::string two = R"("num_events_received":3,"num_events_processed":2)";
    const auto list = [](const std::string& entries) { return R"(,"events":[)" + entries + "]"; };
    const std::string p = ok;
    const std::string f = bad;
    const std::string odd = R"({"status":"queued"})";
    const std::string dumb = R"({"status":"failed"})";
    const std::string torn = R"({"status":"processed","error_message":"Invalid event_name"})";
    for (const auto& row : {
             Row{"all is well", body(all, list(p + "," + p + "," + p)), "DDD", ""},
             Row{"one failed", body(two, list(p + "," + f + "," + p)), "DRD", ""},
             Row{"no list", body(all, ""), "DDD", ""},
             Row{"an empty list", body(all, list("")), "DDD", ""},
             Row{"the count denies the entries", body(two, list(p + "," + p + "," + p)), "DDD", "counts_differ"},
             Row{"the count denies the only entry", body(R"("num_events_processed":0)", list(p)), "D", "counts_differ",
                 1},
             Row{"the count denies a failure", body(all, list(p + "," + f + "," + p)), "DRD", "counts_differ"},
             Row{"others were received",
                 body(R"("num_events_received":9,"num_events_processed":3)", list(p + "," + p + "," + p)), "DDD",
                 "counts_differ"},
             Row{"no list, not all processed", body(two, ""), "", "counts_differ"},
             Row{"no list, more than sent", body(R"("num_events_processed":4)", ""), "", "counts_differ"},
             Row{"no list, a count that is none", body(R"("num_events_processed":"3 of 9")", ""), "", ""},
             Row{"no list, half an event", body(R"("num_events_processed":3.5)", ""), "", ""},
             Row{"no list, fewer received", body(R"("num_events_received":1,"num_events_processed":3)", ""), "",
                 "counts_differ"},
             Row{"too short, the count accounts for all", body(all, list(p)), "DDD", "entries_missing"},
             Row{"too short, and the count as well", body(two, list(p + "," + p)), "", "counts_differ,entries_missing"},
             Row{"too short, with a failure", body(two, list(p + "," + f)), "", "counts_differ,entries_missing"},
             Row{"too long, the count accounts for all", body(all, list(p + "," + p + "," + p + "," + p)), "DDD",
                 "entries_extra"},
             Row{"too long, with a failure", body(all, list(p + "," + f + "," + p + "," + p)), "", "entries_extra"},
             Row{"a status that nobody knows", body("", list(p + "," + odd + "," + f).substr(1)), "DUR",
                 "unknown_status"},
             Row{"the count accounts for it", body(two, list(p + "," + odd + "," + f)), "DDR", "unknown_status"},
             Row{"failed, and no reason", body(two, list(p + "," + dumb + "," + p)), "DRD", "failed_without_reason"},
             Row{"processed, and an error", body(all, list(p + "," + torn + "," + p)), "DDD", "processed_with_error"},
         }) {
        const auto verdict = judge(200, row.body, row.count);
        std::string contradictions;
        for (const auto label : verdict.contradictions)
            contradictions += (contradictions.empty() ? "" : ",") + std::string(label);

        EXPECT_TRUE(is<Judged>(verdict)) << row.what;
        EXPECT_EQ(fates(verdict), row.fates) << row.what;
        EXPECT_EQ(contradictions, row.contradictions) << row.what;
    }
}

TEST(Judge, DoubtsARefusalThatTheCountDenies) {
    const auto denied = judge(200, success({ok, bad, bad}, 2), 3);
    const auto agreed = judge(200, success({ok, bad, bad}, 1), 3);
    const auto fewer = judge(200, success({ok, bad, bad}, 0), 3);

    EXPECT_EQ(fates(denied), "DRR");
    EXPECT_FALSE(denied.records[0].maybe_delivered);
    EXPECT_TRUE(denied.records[1].maybe_delivered);
    EXPECT_TRUE(denied.records[2].maybe_delivered);
    for (const auto& verdict : {agreed, fewer})
        for (const auto& record : verdict.records) EXPECT_FALSE(record.maybe_delivered);
}

TEST(Judge, CountsARefusedRequestOfWhichNoEntryFailed) {
    const auto without_failure = judge(422, success({ok, ok}, 2), 2);
    const auto with_failure = judge(422, success({ok, bad}, 1), 2);

    EXPECT_EQ(fates(without_failure), "DD");
    EXPECT_EQ(without_failure.contradictions.back(), "status_differs");
    EXPECT_EQ(std::ranges::count(with_failure.contradictions, "status_differs"), 0);
}

TEST(Judge, RefusesASingleEventThatWasNotProcessed) {
    const auto verdict = judge(200, R"({"num_events_received":1,"num_events_processed":0})");

    EXPECT_EQ(fates(verdict), "R");
}

TEST(Judge, LeavesAllEventsOpenUnderA200ThatCannotBeRead) {
    for (const char* body : {"", "<html>hello</html>", "[]", "null", R"({"events":"all"})", R"({"events":[1,2]})"}) {
        const auto verdict = judge(200, body, 2);
        EXPECT_TRUE(is<Judged>(verdict)) << body;
        EXPECT_EQ(fates(verdict), "") << body;
    }
}

TEST(Judge, SurvivesHostileBodies) {
    const std::string deep(100'000, '[');
    for (const auto& body : {deep, std::string("{\"events\":[{\"status\":\"\\ud800\"}]}"), std::string("\xff\xfe{}"),
                             std::string(R"({"num_events_processed":1e400})"), std::string(R"({"events":[null]})")})
        EXPECT_EQ(fates(judge(200, body, 1)), "");
}

TEST(Judge, IsolatesARequestThatWasRefusedForItsContent) {
    for (const int status : {400, 413, 422}) {
        const auto verdict = judge(status, R"({"code":4196,"message":"Additional properties are not allowed"})", 5);
        ASSERT_TRUE(is<Isolate>(verdict)) << status;
        EXPECT_EQ(std::get<Isolate>(verdict.decision).ambiguous, status == 422) << status;
        EXPECT_EQ(verdict.message,
                  "HTTP " + std::to_string(status) + ", code 4196: Additional properties are not allowed");
    }
}

TEST(Judge, RefusesTheSingleEventOfSuchARequest) {
    for (const int status : {400, 413, 422}) {
        const auto verdict = judge(status, R"({"code":4196,"message":"no"})", 1);
        EXPECT_TRUE(is<Judged>(verdict)) << status;
        EXPECT_EQ(fates(verdict), "R");
        EXPECT_EQ(verdict.records[0].message, "HTTP " + std::to_string(status) + ", code 4196: no");
    }
}

// Under a 4xx, too, the fault may be Pinterest's own: by its code, or by its words.
TEST(Judge, RetriesARefusalThatIsPinterestsOwnFault) {
    struct Row {
        int status;
        std::string body;
        bool ambiguous;
    };
    for (const auto& [status, body, ambiguous] : {
             Row{400, R"({"code":2787,"message":"Something went wrong on our end. Sorry about that."})", false},
             Row{400, R"({"code":"2787"})", false},
             Row{400, R"({"code":12,"message":"x"})", false},
             Row{400, R"({"code":4711,"message":"Oops, something went wrong on our end"})", false},
             Row{422, R"({"code":2787,"message":"x"})", true},
         }) {
        for (const std::size_t count : {1U, 20U}) {
            const auto verdict = judge(status, body, count);
            ASSERT_TRUE(is<Retry>(verdict)) << body;
            EXPECT_EQ(std::get<Retry>(verdict.decision).ambiguous, ambiguous) << body;
            EXPECT_TRUE(std::get<Retry>(verdict.decision).maybe_content) << body;
        }
    }
}

TEST(Judge, BelievesAListOfVerdictsBesideACodeOfAnOwnFault) {
    const auto verdict = judge(422, R"({"code":2787,"details":)" + success({ok, bad}, 1) + "}", 2);

    EXPECT_TRUE(is<Judged>(verdict));
    EXPECT_EQ(fates(verdict), "DR");
}

TEST(Judge, SaysWhetherAnEventMayBeTheReasonOfAFailure) {
    for (const int status : {500, 502, 503, 504, 520, 400})
        EXPECT_TRUE(std::get<Retry>(judge(status, "<html>").decision).maybe_content) << status;
    for (const int status : {408, 425, 429})
        EXPECT_FALSE(std::get<Retry>(judge(status, "<html>").decision).maybe_content) << status;
}

TEST(Judge, RetriesARefusalThatIsNotPinterests) {
    for (const int status : {400, 422}) {
        for (const char* body : {"<html>Bad Request</html>", "", "[]", "null"}) {
            for (const std::size_t count : {1, 5}) {
                const auto verdict = judge(status, body, count);
                ASSERT_TRUE(is<Retry>(verdict)) << status << body;
                EXPECT_EQ(std::get<Retry>(verdict.decision).after, std::nullopt);
                EXPECT_FALSE(std::get<Retry>(verdict.decision).ambiguous);
                EXPECT_NE(verdict.message.find("not Pinterest's"), std::string::npos) << verdict.message;
            }
        }
    }
}

TEST(Judge, BelievesWhoeverSaysThatARequestIsTooLarge) {
    EXPECT_TRUE(is<Isolate>(judge(413, "<html>Request Entity Too Large</html>", 5)));
    EXPECT_EQ(fates(judge(413, "", 1)), "R");
}

TEST(Judge, ReadsThePerEventListOfA422) {
    const std::string list = "[" + std::string(ok) + "," + bad + "]";
    for (const auto& body :
         {R"({"code":1,"message":"m","details":)" + list + "}",
          R"({"code":1,"message":"m","details":{"events":)" + list + "}}", R"({"events":)" + list + "}"}) {
        const auto verdict = judge(422, body, 2);
        EXPECT_TRUE(is<Judged>(verdict));
        EXPECT_EQ(fates(verdict), "DR");
    }
}

TEST(Judge, IsolatesA422WhoseListIsOfAnotherSize) {
    EXPECT_TRUE(is<Isolate>(judge(422, R"({"details":{"events":[)" + std::string(bad) + "]}}", 2)));
    EXPECT_TRUE(is<Isolate>(judge(422, R"({"details":{"field":"em"}})", 2)));
}

TEST(Judge, PausesForTokenAndAccountWithAHint) {
    const std::vector<std::pair<int, std::string>> hints = {
        {401, "token is invalid or has expired"}, {403, "not the tag id"}, {404, "not the tag id"}};
    for (const auto& [status, words] : hints) {
        const auto verdict = judge(status, R"({"code":2,"message":"Authentication failed."})", 3);
        ASSERT_TRUE(is<Pause>(verdict)) << status;
        EXPECT_NE(std::get<Pause>(verdict.decision).hint.find(words), std::string::npos) << status;
        EXPECT_EQ(verdict.message, "HTTP " + std::to_string(status) + ", code 2: Authentication failed.");
    }
}

TEST(Judge, PausesForWhatTheNextRequestWouldNotMend) {
    for (const int status : {301, 302, 307, 308, 402, 405, 406, 410, 411, 415, 418, 431})
        EXPECT_TRUE(is<Pause>(judge(status, "", 1))) << status;
}

TEST(Judge, RetriesWhatPassesByItself) {
    for (const int status : {408, 425, 429, 500, 502, 503, 504, 599})
        EXPECT_TRUE(is<Retry>(judge(status, R"({"code":4197,"message":"ramped down"})", 1))) << status;
}

TEST(Judge, SaysWhetherTheEventsMayHaveBeenProcessedAllTheSame) {
    const auto ambiguous = [](int status) { return std::get<Retry>(judge(status, "", 1).decision).ambiguous; };

    for (const int status : {408, 500, 502, 504}) EXPECT_TRUE(ambiguous(status)) << status;
    for (const int status : {425, 429, 503}) EXPECT_FALSE(ambiguous(status)) << status;
}

std::optional<std::chrono::milliseconds> wish(int status, http::Headers headers) {
    return std::get<Retry>(judge(status, "", 1, std::move(headers)).decision).after;
}

TEST(Judge, HonoursRetryAfter) {
    EXPECT_EQ(wish(503, {{"Retry-After", "7"}}), 7s);
    EXPECT_EQ(wish(429, {{"retry-after", "Sat, 20 Apr 2024 00:01:00 GMT"}, {"X-RateLimit-Reset", "5"}}), 30s);
    EXPECT_EQ(wish(500, {}), std::nullopt);
}

TEST(Judge, HonoursTheRateLimitsResetFor429Only) {
    EXPECT_EQ(wish(429, {{"X-RateLimit-Reset", "58"}}), 58s);
    EXPECT_EQ(wish(429, {{"Retry-After", "soon"}, {"X-RateLimit-Reset", "58"}}), 58s);
    EXPECT_EQ(wish(429, {{"X-RateLimit-Reset", "1713571260"}}), 1h);
    EXPECT_EQ(wish(503, {{"X-RateLimit-Reset", "58"}}), std::nullopt);
}

TEST(Judge, NeverRepeatsATokenThatTheAnswerEchoes) {
    const std::string echo = R"({"code":2,"message":"bad token pina_TESTTOKEN of jane@example.com"})";
    const auto paused = judge(401, echo, 1);
    const auto refused = judge(400, echo, 1);
    const auto plain = judge(500, "upstream said pina_TESTTOKEN", 1);
    const auto failed = judge(
        200, R"({"events":[{"status":"failed","error_message":"pina_TESTTOKEN","warning_message":"pina_TESTTOKEN"}]})",
        1);

    for (const auto& text : {paused.message, refused.message, refused.records[0].message, plain.message,
                             failed.records[0].message, failed.records[0].warning}) {
        EXPECT_EQ(text.find("TESTTOKEN"), std::string::npos) << text;
        EXPECT_EQ(text.find("jane"), std::string::npos) << text;
    }
}

}  // namespace
}  // namespace pinrelay::test
