#include <gtest/gtest.h>

#include <stdexcept>

#include "pinrelay/admin/admin_handler.hpp"
#include "unit/admin/fixture.hpp"

namespace pinrelay::admin {
namespace {

class FindTest : public AdminHandlerTest {
protected:
    FindTest() {
        AdminParts with_journal = parts("127.0.0.1:9090");
        with_journal.find = [this](const auto& asked) {
            question = asked;
            if (!failure.empty()) throw std::runtime_error(failure);
            return std::string("{}");
        };
        handler = make_admin_handler(std::move(with_journal));
    }

    http::Response find(const std::string& query) {
        auto asked = request("GET", "/find");
        asked.query = query;
        return answer(asked);
    }

    std::optional<spool::JournalQuestion> question;
    std::string failure;
};

using By = spool::JournalQuestion::By;

TEST_F(FindTest, AnswersEachQuestion) {
    EXPECT_EQ(find("event_id=a%20b").status, 200);
    EXPECT_EQ(question->by, By::EventId);
    EXPECT_EQ(question->id, "a b");
    EXPECT_EQ(find("order=4711").body, "{}\n");
    EXPECT_EQ(question->by, By::Order);
    EXPECT_EQ(question->id, "4711");
    EXPECT_EQ(find("last=30").status, 200);
    EXPECT_EQ(question->by, By::Last);
    EXPECT_EQ(question->limit, 30U);
    EXPECT_EQ(find("last=5000").status, 200);
    EXPECT_EQ(question->limit, 1000U);
}

TEST_F(FindTest, RefusesOtherQuestions) {
    for (const char* query : {"", "event_id=", "order=", "last=", "last=0", "last=-1", "last=9x", "event_id=a&order=b"})
        EXPECT_EQ(find(query).status, 400) << query;
    EXPECT_FALSE(question);
}

TEST_F(FindTest, SaysWhyTheJournalCannotBeRead) {
    failure = "there is no such file";

    const auto response = find("last=1");

    EXPECT_EQ(response.status, 503);
    EXPECT_NE(response.body.find(failure), std::string::npos) << response.body;
}

TEST_F(FindTest, IsProtectedAsTheOtherPages) {
    auto asked = request("GET", "/find");
    asked.query = "last=1";
    asked.headers = {{"Host", "shop.example"}};

    EXPECT_EQ(answer(asked).status, 403);
    EXPECT_EQ(answer(request("POST", "/find")).status, 405);
    EXPECT_FALSE(question);
}

TEST_F(AdminHandlerTest, WithoutAJournalThereIsNothingToFind) {
    handler = make_admin_handler(parts("127.0.0.1:9090"));

    EXPECT_EQ(answer(request("GET", "/find")).status, 404);
}

}  // namespace
}  // namespace pinrelay::admin
