#include "admin/events.hpp"

#include <gtest/gtest.h>

#include "notes.hpp"

namespace pinrelay::admin {
namespace {

using namespace std::chrono_literals;
using watch::Part;
using watch::Status;

class Events : public testing::Test {
protected:
    http::Response answer(std::string query = "") {
        http::Request request;
        request.query = std::move(query);
        return events_answer(live, request);
    }

    watch::LiveEvents live;
};

TEST_F(Events, AreNoneAtTheStart) { EXPECT_EQ(answer().body, "{\"events\":[],\"missed\":0}\n"); }

TEST_F(Events, HaveAllThatIsKnownOfThem) {
    watch::Note dropped = note(Status::Dropped, "");
    dropped[Part::Event] = "purchase";
    dropped[Part::Name] = "";
    dropped[Part::Reason] = "no_match_keys";
    dropped[Part::Message] = "neither e-mail nor address";
    dropped[Part::Identifiers] = "em client_ip_address";
    dropped[Part::Warnings] = "url_cut";

    live.note(dropped);

    EXPECT_EQ(answer().body,
              R"({"events":[{"seq":1,"time":1713571200.250,"status":"dropped","event":"purchase",)"
              R"("account":"pinterest:1","reason":"no_match_keys","message":"neither e-mail nor address",)"
              R"("identifiers":["em","client_ip_address"],"warnings":["url_cut"]}],"missed":0})"
              "\n");
}

TEST_F(Events, HaveWhatBecameOfThem) {
    live.note(note(Status::Accepted, "e-1"));
    watch::Note retried = note(Status::Retried, "e-1");
    retried[Part::Message] = "status 503";
    live.note(retried);
    watch::Note delivered = note(Status::Delivered, "e-1");
    delivered.latency = 1234ms;
    live.note(delivered);

    EXPECT_EQ(answer().body,
              R"({"events":[{"seq":1,"time":1713571200.250,"status":"delivered","name":"checkout",)"
              R"("account":"pinterest:1","event_id":"e-1","latency":1.234,"identifiers":[],"warnings":[]}],)"
              R"("missed":0})"
              "\n");
}

TEST_F(Events, AreJoinedByNameAndIdAndDuplicatesStayWhatTheyAre) {
    live.note(note(Status::Accepted, "e-1", "checkout"));
    live.note(note(Status::Duplicate, "e-1", "checkout"));
    live.note(note(Status::Delivered, "e-1", "page_visit"));

    const std::string body = answer().body;

    EXPECT_NE(body.find(R"("status":"accepted")"), std::string::npos);
    EXPECT_NE(body.find(R"("status":"duplicate")"), std::string::npos);
    EXPECT_EQ(body.find(R"("status":"delivered")"), std::string::npos);
}

TEST_F(Events, AreTheLastOnesUpToTheLimit) {
    for (const char* id : {"e-1", "e-2", "e-3"}) live.note(note(Status::Accepted, id));

    const std::string body = answer("limit=2").body;

    EXPECT_EQ(body.find("e-1"), std::string::npos);
    EXPECT_LT(body.find("e-2"), body.find("e-3"));
}

TEST_F(Events, NeedALimitThatIsANumber) {
    for (const char* query : {"limit=0", "limit=1001", "limit=many", "limit=3x", "limit="})
        EXPECT_EQ(answer(query).status, 400) << query;
}

}  // namespace
}  // namespace pinrelay::admin
