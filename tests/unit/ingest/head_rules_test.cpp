#include "ingest/head_rules.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

const HeadRules with_debug({"/collect"}, true);
const HeadRules without_debug({"/collect"}, false);

http::Request head_of(std::string method, std::string path, std::string query = "") {
    http::Request head;
    head.method = std::move(method);
    head.path = std::move(path);
    head.query = std::move(query);
    return head;
}

int status_of(const std::optional<HeadRefusal>& refused) { return refused ? refused->refusal.status : 0; }

TEST(HeadRules, RefuseAPathOrAMethodThatIsNotServed) {
    EXPECT_EQ(status_of(with_debug.refuse_target(head_of("POST", "/elsewhere"))), 404);
    EXPECT_EQ(status_of(with_debug.refuse_target(head_of("DELETE", "/collect"))), 405);
    EXPECT_EQ(*to_response(*with_debug.refuse_target(head_of("DELETE", "/collect"))).header("Allow"),
              "GET, HEAD, POST, PUT, OPTIONS");
    EXPECT_EQ(with_debug.refuse_target(head_of("POST", "/collect")), std::nullopt);
}

TEST(HeadRules, TellTheLossOfEventsFromAScannerAndFromADebugRequest) {
    const auto loses = [](const HeadRules& rules, const http::Request& head) {
        return may_lose_events(head, *rules.refuse_target(head));
    };

    EXPECT_TRUE(loses(with_debug, head_of("POST", "/elsewhere")));
    EXPECT_FALSE(loses(with_debug, head_of("GET", "/elsewhere")));
    EXPECT_TRUE(loses(with_debug, head_of("DELETE", "/collect")));
    EXPECT_FALSE(loses(without_debug, head_of("POST", "/collect", "debug=1")));
}

TEST(HeadRules, RefuseADebugRequestWhereThatIsOff) {
    EXPECT_EQ(status_of(without_debug.refuse_target(head_of("POST", "/debug/mp/collect"))), 403);
    EXPECT_EQ(status_of(without_debug.refuse_target(head_of("POST", "/collect", "debug=1"))), 403);
    for (const char* flag : {"debug=True", "debug=YES", "debug=on", "a=b&debug=%31"})
        EXPECT_EQ(status_of(without_debug.refuse_target(head_of("POST", "/collect", flag))), 403) << flag;
    for (const char* flag : {"debug=0", "debug=false", "debug=", "debug", "debugger=1"})
        EXPECT_EQ(without_debug.refuse_target(head_of("POST", "/collect", flag)), std::nullopt) << flag;
    EXPECT_EQ(with_debug.refuse_target(head_of("POST", "/collect", "debug=1")), std::nullopt);
}

TEST(HeadRules, TellThePurposeByMethodPathAndQuery) {
    EXPECT_EQ(with_debug.purpose(head_of("OPTIONS", "/healthz")), Purpose::Health);
    EXPECT_EQ(with_debug.purpose(head_of("OPTIONS", "/collect")), Purpose::Preflight);
    EXPECT_EQ(with_debug.purpose(head_of("OPTIONS", "/debug/collect")), Purpose::Preflight);
    EXPECT_EQ(with_debug.purpose(head_of("GET", "/healthz")), Purpose::Health);
    EXPECT_EQ(with_debug.purpose(head_of("HEAD", "/collect")), Purpose::Health);
    EXPECT_EQ(with_debug.purpose(head_of("GET", "/collect")), Purpose::Collect);
    EXPECT_EQ(with_debug.purpose(head_of("POST", "/collect", "debug=true")), Purpose::Explain);
    EXPECT_EQ(with_debug.purpose(head_of("POST", "/debug/collect")), Purpose::Explain);
    EXPECT_EQ(without_debug.purpose(head_of("POST", "/debug/collect")), Purpose::Collect);
}

TEST(RefuseBodyType, TakesPlainAndGzipBodiesThatAreNoForm) {
    const auto status = [](const char* name, const char* value) {
        http::Request head;
        head.headers.emplace_back(name, value);
        return status_of(refuse_body_type(head));
    };

    EXPECT_EQ(status("Content-Encoding", "GZIP"), 0);
    EXPECT_EQ(status("Content-Encoding", "br"), 415);
    EXPECT_EQ(status("Content-Type", "application/json"), 0);
    EXPECT_EQ(status("Content-Type", "Multipart/form-data; boundary=x"), 415);
    EXPECT_EQ(refuse_body_type({}), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::ingest
