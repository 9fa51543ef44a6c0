// Answers at random, most of which contradict themselves: what may be concluded from them, and what not.
#include <algorithm>
#include <optional>
#include <random>

#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

using destination::Fate;
using destination::Verdict;

struct AnyEntry {
    std::string status;  // "" for none
    std::string error;
    bool is_processed() const { return status == "processed"; }
    bool is_failed() const { return !is_processed() && (status == "failed" || !error.empty()); }
    bool is_unknown() const { return !is_processed() && !is_failed(); }
};

struct AnyAnswer {
    std::size_t sent = 1;
    std::optional<int> received;
    std::optional<int> processed;
    std::vector<AnyEntry> entries;

    std::string body() const {
        std::string text = R"({"code":0)";
        if (received) text += R"(,"num_events_received":)" + std::to_string(*received);
        if (processed) text += R"(,"num_events_processed":)" + std::to_string(*processed);
        std::string list;
        for (const auto& [status, error] : entries)
            list += std::string(list.empty() ? "" : ",") + R"({"status":)" +
                    (status.empty() ? "null" : '"' + status + '"') + R"(,"error_message":")" + error + "\"}";
        return text + R"(,"events":[)" + list + "]}";
    }
    int failed() const { return static_cast<int>(std::ranges::count_if(entries, &AnyEntry::is_failed)); }
    bool has_entry_for_each() const { return entries.size() == sent; }
    bool counts_agree_with(int expected) const {
        return received.value_or(static_cast<int>(sent)) == static_cast<int>(sent) &&
               processed.value_or(expected) == expected;
    }
    bool is_consistent() const {
        const auto is_odd = [](const AnyEntry& entry) {
            return entry.is_unknown() || (entry.is_processed() && !entry.error.empty()) ||
                   (entry.is_failed() && entry.error.empty());
        };
        if (std::ranges::any_of(entries, is_odd)) return false;
        return has_entry_for_each() && counts_agree_with(static_cast<int>(sent) - failed());
    }
};

class AnyAnswers : public testing::TestWithParam<unsigned> {
protected:
    AnyAnswer make() {
        AnyAnswer answer;
        answer.sent = static_cast<std::size_t>(pick(1, 4));
        const int sent = static_cast<int>(answer.sent);
        if (pick(0, 3) > 0) answer.received = pick(0, 2) > 0 ? sent : pick(-1, sent + 1);
        const bool fitting = pick(0, 1) == 0;
        for (int i = fitting ? sent : pick(0, sent + 1); i > 0; --i) answer.entries.push_back(entry());
        if (pick(0, 3) > 0) answer.processed = pick(0, 1) == 0 ? sent - answer.failed() : pick(-1, sent + 1);
        return answer;
    }
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

private:
    AnyEntry entry() {
        switch (pick(0, 9)) {
            case 0: return {"queued", ""};
            case 1: return {"", ""};
            case 2: return {"", "x"};
            case 3: return {"processed", "x"};
            case 4: return {"failed", ""};
            case 5: return {"failed", "x"};
            default: return {"processed", ""};
        }
    }
    std::mt19937 random_{GetParam()};
};

Verdict verdict_on(const AnyAnswer& answer, int status) {
    http::Response response;
    response.status = status;
    response.body = answer.body();
    return pinterest::make_pinterest(settings())->judge(response, answer.sent, received);
}

void expect_supported(const AnyAnswer& answer, const Verdict& verdict) {
    const int sent = static_cast<int>(answer.sent);
    for (std::size_t i = 0; i < verdict.records.size(); ++i) {
        const auto& record = verdict.records[i];
        const bool all_by_count = answer.failed() == 0 && answer.processed == sent;
        if (!answer.has_entry_for_each()) {
            EXPECT_TRUE(record.fate == Fate::Delivered ? all_by_count : sent == 1) << answer.body();
            continue;
        }
        const AnyEntry& entry = answer.entries[i];
        const bool by_count = entry.is_unknown() && answer.processed == sent - answer.failed();
        const bool denied = entry.is_failed() && answer.processed.value_or(0) > sent - answer.failed();
        EXPECT_EQ(record.fate == Fate::Delivered, entry.is_processed() || by_count) << answer.body();
        EXPECT_EQ(record.fate == Fate::Refused, entry.is_failed()) << answer.body();
        EXPECT_EQ(record.maybe_delivered, denied) << answer.body();
    }
}

TEST_P(AnyAnswers, DeliverOnlyWhatIsSupportedAndCountEachContradiction) {
    constexpr int answers = 2000;
    int consistent = 0;
    for (int i = 0; i < answers; ++i) {
        const AnyAnswer answer = make();
        const auto verdict = verdict_on(answer, 200);
        const auto size = verdict.records.size();

        EXPECT_TRUE(size == 0 || size == answer.sent) << answer.body();
        expect_supported(answer, verdict);
        if (answer.has_entry_for_each()) {
            EXPECT_EQ(size, answer.sent) << answer.body();
            EXPECT_EQ(verdict.contradictions.empty(), answer.is_consistent()) << answer.body();
        }
        consistent += answer.is_consistent() ? 1 : 0;
    }
    EXPECT_GT(consistent, answers / 100) << "nearly all of them contradict themselves";
}

TEST_P(AnyAnswers, UnderARefusalSettleNothingThatNoEntryNames) {
    for (int i = 0; i < 2000; ++i) {
        const AnyAnswer answer = make();
        const auto verdict = verdict_on(answer, pick(0, 1) == 0 ? 400 : 422);
        const bool isolates = std::holds_alternative<destination::Isolate>(verdict.decision);

        EXPECT_EQ(isolates, !answer.has_entry_for_each() && answer.sent > 1) << answer.body();
        if (answer.has_entry_for_each()) expect_supported(answer, verdict);
        if (answer.has_entry_for_each() && answer.failed() == 0) {
            EXPECT_EQ(std::ranges::count(verdict.contradictions, "status_differs"), 1) << answer.body();
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyAnswers, testing::Range(1U, 6U));

}  // namespace
}  // namespace pinrelay::test
