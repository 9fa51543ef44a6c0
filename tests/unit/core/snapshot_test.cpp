#include "pinrelay/core/snapshot.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace pinrelay::http {
namespace {

struct Pair {
    int first = 0;
    int second = 0;
};

TEST(Snapshot, KeepsWhatAReaderGotWhenItIsReplaced) {
    Snapshot<Pair> snapshot(std::make_shared<const Pair>(Pair{1, 1}));
    const auto read = snapshot.load();

    snapshot.store(std::make_shared<const Pair>(Pair{2, 2}));

    EXPECT_EQ(read->first, 1);
    EXPECT_EQ(snapshot.load()->first, 2);
}

TEST(Snapshot, LetsGoOfWhatNobodyHoldsAnyMore) {
    auto first = std::make_shared<const Pair>();
    const std::weak_ptr<const Pair> watch = first;
    Snapshot<Pair> snapshot(std::move(first));

    snapshot.store(std::make_shared<const Pair>());

    EXPECT_TRUE(watch.expired());
}

TEST(Snapshot, IsReadWholeWhileAnotherThreadReplacesIt) {
    constexpr int replacements = 20'000;
    Snapshot<Pair> snapshot(std::make_shared<const Pair>());
    std::vector<std::thread> readers;
    std::vector<int> torn(3);
    for (int& count : torn)
        readers.emplace_back([&snapshot, &count] {
            for (auto read = snapshot.load(); read->first < replacements; read = snapshot.load())
                if (read->first != read->second) ++count;
        });

    for (int i = 1; i <= replacements; ++i) snapshot.store(std::make_shared<const Pair>(Pair{i, i}));
    for (auto& reader : readers) reader.join();

    EXPECT_EQ(torn, std::vector<int>(3));
}

}  // namespace
}  // namespace pinrelay::http
