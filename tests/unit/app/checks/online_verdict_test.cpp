#include "app/checks/online_verdict.hpp"

#include <gtest/gtest.h>

namespace pinrelay::app {
namespace {

using destination::Fate;
using destination::Verdict;
using namespace std::chrono_literals;

const Time midday = std::chrono::sys_days(std::chrono::year(2026) / 12 / 1) + 12h;

http::Response answered_at(const std::string& date) { return {200, {{"Date", date}}, ""}; }

OnlineFinding finding_of(const Verdict& verdict, const http::Response& answer = {}) {
    OnlineFinding finding;
    judge_answer(answer, verdict, midday, finding);
    return finding;
}

bool says(const std::string& sentence, const std::string& words) { return sentence.find(words) != std::string::npos; }

TEST(OnlineVerdict, IsGoodWhereTheEventIsTaken) {
    const auto finding = finding_of({destination::Judged{}, {{Fate::Delivered, "", "no such pin"}}, "HTTP 200"});

    EXPECT_TRUE(finding.good);
    EXPECT_TRUE(says(finding.sentence, "token and account fit"));
    ASSERT_EQ(finding.warnings.size(), 1U);
    EXPECT_TRUE(says(finding.warnings[0], "no such pin"));
}

TEST(OnlineVerdict, NamesTheCauseOfARefusal) {
    const auto paused = finding_of({destination::Pause{"make a new token"}, {}, "HTTP 401"});
    const auto refused = finding_of({destination::Judged{}, {{Fate::Refused, "bad event", ""}}, "HTTP 422"});
    const auto unnamed = finding_of({destination::Judged{}, {}, "HTTP 200"});
    const auto later = finding_of({destination::Retry{}, {}, "HTTP 503"});
    const auto whole = finding_of({destination::Isolate{}, {}, "HTTP 400"});

    for (const auto& each : {paused, refused, unnamed, later, whole}) EXPECT_FALSE(each.good) << each.sentence;
    EXPECT_TRUE(says(paused.sentence, "make a new token"));
    EXPECT_TRUE(says(refused.sentence, "bad event"));
    EXPECT_TRUE(says(later.sentence, "HTTP 503"));
    EXPECT_TRUE(says(whole.sentence, "HTTP 400"));
}

TEST(OnlineVerdict, WarnsOfAClockThatIsWrong) {
    const Verdict good{destination::Judged{}, {{Fate::Delivered, "", ""}}, "HTTP 200"};

    EXPECT_TRUE(finding_of(good, answered_at("Tue, 01 Dec 2026 12:00:30 GMT")).warnings.empty());
    EXPECT_TRUE(finding_of(good, answered_at("yesterday")).warnings.empty());
    const auto ahead = finding_of(good, answered_at("Tue, 01 Dec 2026 11:50:00 GMT")).warnings;
    const auto behind = finding_of(good, answered_at("Tue, 01 Dec 2026 12:07:00 GMT")).warnings;
    ASSERT_EQ(ahead.size(), 1U);
    ASSERT_EQ(behind.size(), 1U);
    EXPECT_TRUE(says(ahead[0], "10 minutes ahead"));
    EXPECT_TRUE(says(behind[0], "7 minutes behind"));
}

TEST(OnlineVerdict, NamesTheCauseWhereNoAnswerComes) {
    OnlineFinding certificate;
    OnlineFinding unreachable;
    OnlineFinding cut;
    judge_failure({net::ClientErrc::CertificateRefused, "expired"}, certificate);
    judge_failure({net::ClientErrc::NotSent, "refused"}, unreachable);
    judge_failure({net::ClientErrc::Ambiguous, "reset"}, cut);

    EXPECT_TRUE(says(certificate.sentence, "clock"));
    EXPECT_TRUE(says(unreachable.sentence, "firewall"));
    EXPECT_TRUE(says(cut.sentence, "reset"));
}

}  // namespace
}  // namespace pinrelay::app
