#include <gtest/gtest.h>

#include <latch>
#include <thread>
#include <vector>

#include "every_rule.hpp"

namespace pinrelay::identity {
namespace {

using Answers = std::vector<std::optional<std::string>>;

constexpr std::string_view texts[] = {"(415) 555-2671", "Jane@Example.com", "JOSÉ",   "California",    "1997-12-26",
                                      "8.8.8.8",        "SW1A 1AA",         "Female", "Czech Republic"};

Answers answers_to_everything() {
    Answers answers;
    for (const auto& rule : every_rule)
        for (const auto text : texts) answers.push_back(rule.apply(text));
    for (const auto text : texts) answers.push_back(sha256_hex(text));
    return answers;
}

// What is built by the first caller (plans, tables, the digest) is built while all others ask for it; CTest runs this
// test in a process of its own. Worth most under the thread sanitizer.
TEST(Threads, ManyAtOnceGetTheAnswersOfOneAlone) {
    constexpr std::ptrdiff_t thread_count = 8;
    constexpr int rounds = 20;
    std::latch start(thread_count);
    std::vector<std::vector<Answers>> collected(thread_count);
    std::vector<std::jthread> threads;

    for (auto& mine : collected)
        threads.emplace_back([&start, &mine] {
            start.arrive_and_wait();
            for (int round = 0; round < rounds; ++round) mine.push_back(answers_to_everything());
        });
    threads.clear();

    const Answers expected = answers_to_everything();
    for (const auto& mine : collected)
        for (const auto& answers : mine) EXPECT_EQ(answers, expected);
}

}  // namespace
}  // namespace pinrelay::identity
