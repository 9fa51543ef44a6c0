#include "admin/event_stream.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "notes.hpp"

namespace pinrelay::admin {
namespace {

using namespace std::chrono_literals;
using watch::Status;

class EventStream : public testing::Test {
protected:
    net::Notes open(http::Request request = {}) {
        net::Notes notes;
        EXPECT_EQ(streams.open(live, request, notes).status, 200);
        return notes;
    }

    static std::string next(const net::Notes& notes) { return notes->pieces->next().value_or("the end"); }

    std::chrono::steady_clock::time_point now{};
    watch::LiveEvents live;
    EventStreams streams{[this] { return now; }};
};

TEST_F(EventStream, SaysThatItIsOne) {
    net::Notes notes;

    const auto response = streams.open(live, {}, notes);

    EXPECT_EQ(*response.header("Content-Type"), "text/event-stream");
    EXPECT_EQ(*response.header("Cache-Control"), "no-store");
    EXPECT_EQ(response.body, "retry: 2000\n\n");
}

TEST_F(EventStream, BringsWhatComesFromNowOn) {
    live.note(note(Status::Accepted, "before"));
    const auto stream = open();

    EXPECT_EQ(next(stream), "");
    live.note(note(Status::Ignored, ""));

    EXPECT_EQ(next(stream),
              "id: 2\nevent: event\n"
              R"(data: {"seq":2,"time":1713571200.250,"status":"ignored","name":"checkout","account":"pinterest:1",)"
              "\"identifiers\":[],\"warnings\":[]}\n\n");
    EXPECT_EQ(next(stream), "");
}

TEST_F(EventStream, TellsOfWhichEventAnOutcomeIs) {
    const auto stream = open();
    live.note(note(Status::Accepted, "e-1"));
    watch::Note delivered = note(Status::Delivered, "e-1");
    delivered.latency = 12ms;
    live.note(delivered);
    live.note(note(Status::Dead, "another"));

    const std::string piece = next(stream);

    EXPECT_NE(piece.find("id: 2\nevent: outcome\n"
                         R"(data: {"seq":1,"time":1713571200.250,"status":"delivered","name":"checkout",)"
                         R"("account":"pinterest:1","event_id":"e-1","latency":0.012})"),
              std::string::npos)
        << piece;
    EXPECT_NE(piece.find("id: 3\nevent: outcome\n"
                         R"(data: {"time":1713571200.250,"status":"dead","name":"checkout",)"
                         R"("account":"pinterest:1","event_id":"another"})"),
              std::string::npos)
        << piece;
}

TEST_F(EventStream, SaysHowMuchItMissed) {
    const auto stream = open();
    for (std::size_t i = 0; i < watch::LiveEvents::capacity + 5; ++i) live.note(note(Status::Accepted, "e"));

    EXPECT_TRUE(next(stream).starts_with("event: missed\ndata: {\"count\":5}\n\nid: 6\n"));
    EXPECT_TRUE(next(stream).starts_with("id: 1006\n")) << "a piece has a limit";
}

TEST_F(EventStream, GoesOnBehindTheLastEntryThatItsReaderSaw) {
    for (const char* id : {"e-1", "e-2", "e-3"}) live.note(note(Status::Accepted, id));
    http::Request by_header;
    by_header.headers = {{"Last-Event-ID", "2"}};
    http::Request by_query;
    by_query.query = "since=1";
    http::Request of_a_former_process;
    of_a_former_process.query = "since=1000";

    EXPECT_TRUE(next(open(by_header)).starts_with("id: 3\n"));
    EXPECT_TRUE(next(open(by_query)).starts_with("id: 2\n"));
    EXPECT_EQ(next(open(of_a_former_process)), "");
}

TEST_F(EventStream, GivesASignOfLifeWhereNothingComes) {
    const auto stream = open();

    now += 14s;
    EXPECT_EQ(next(stream), "");
    now += 1s;
    EXPECT_EQ(next(stream), ":\n\n");
    EXPECT_EQ(next(stream), "");
}

TEST_F(EventStream, LeavesConnectionsForOthers) {
    std::vector<net::Notes> open_streams;
    for (std::size_t i = 0; i < EventStreams::most; ++i) open_streams.push_back(open());
    net::Notes notes;

    EXPECT_EQ(streams.open(live, {}, notes).status, 503);
    open_streams.pop_back();
    EXPECT_EQ(streams.open(live, {}, notes).status, 200);
}

}  // namespace
}  // namespace pinrelay::admin
