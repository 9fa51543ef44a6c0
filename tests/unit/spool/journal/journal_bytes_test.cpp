#include "spool/journal/journal_bytes.hpp"

#include <gtest/gtest.h>

namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;

constexpr Time start{std::chrono::hours(24 * 20000 + 12)};
constexpr std::uint64_t high_bit = 1ULL << 63U;

std::vector<JournalOutcome> read(std::int64_t block, std::string_view bytes) {
    std::vector<JournalOutcome> outcomes;
    EXPECT_TRUE(read_outcomes(block, bytes, outcomes));
    return outcomes;
}

bool can_be_read(std::string_view bytes) {
    std::vector<JournalOutcome> outcomes;
    return read_outcomes(0, bytes, outcomes);
}

TEST(JournalBytes, EntriesComeBackAsTheyWere) {
    const JournalEntry first{high_bit | 5, 7, (1LL << 47) + 3, start, 65535};
    const JournalEntry second{1, 0, 0, start + 1s, 1};

    std::string bytes;
    add_entry(first, bytes);
    add_entry(second, bytes);

    ASSERT_EQ(entries_in(bytes), 2U);
    EXPECT_EQ(entry_at(bytes, 0), first);
    EXPECT_EQ(entry_at(bytes, 1), second);
}

TEST(JournalBytes, TimesAreInWholeSeconds) {
    std::string bytes;
    add_entry({1, 0, 1, start + 1999ms, 1}, bytes);

    EXPECT_EQ(entry_at(bytes, 0).time, start + 1s);
}

TEST(JournalBytes, AnEntryIsAboutItsIds) {
    const JournalEntry entry{5, 7, 1, start, 1};

    EXPECT_TRUE(entry.is_about(5));
    EXPECT_TRUE(entry.is_about(7));
    EXPECT_FALSE(entry.is_about(6));
}

TEST(JournalBytes, AnEntryWithoutIdsIsAboutNone) { EXPECT_FALSE(JournalEntry().is_about(0)); }

TEST(JournalBytes, OutcomesComeBackInTheirOrder) {
    const std::int64_t block = 3;
    const std::vector<JournalOutcome> outcomes = {{(3 << block_bits) + 9, start, 2},
                                                  {3 << block_bits, start, 2},
                                                  {(3 << block_bits) + 4095, start + 1s, 2},
                                                  {(3 << block_bits) + 9, start + 1s, 4}};

    EXPECT_EQ(read(block, bytes_of(outcomes)), outcomes);
}

TEST(JournalBytes, OutcomesOfOneMomentTakeTwoBytesEach) {
    std::vector<JournalOutcome> outcomes;
    for (RecordId record = 0; record < 100; ++record) outcomes.push_back({record, start + 10ms * record / 100, 1});

    EXPECT_EQ(bytes_of(outcomes).size(), 8U + 2 * 100);
}

TEST(JournalBytes, OtherBytesAreNoOutcomes) {
    const std::string sound = bytes_of({{5, start, 1}});

    EXPECT_TRUE(can_be_read(sound));
    EXPECT_FALSE(can_be_read(sound.substr(0, sound.size() - 1)));
    EXPECT_FALSE(can_be_read(sound.substr(0, 5)));
    EXPECT_FALSE(can_be_read(sound + "x"));
    EXPECT_FALSE(can_be_read(std::string(8, '\0')));
    EXPECT_FALSE(can_be_read(sound.substr(0, sound.size() - 1) + "\x7F"));
}

TEST(JournalBytes, KeysGiveThePlacesOfADigest) {
    std::string keys;
    add_key(high_bit | 5, 0, keys);
    add_key(high_bit | 6, 1, keys);
    add_key(high_bit | 5, 70'000, keys);

    EXPECT_EQ(places_of(high_bit | 5, keys), (std::vector<std::uint32_t>{0, 70'000}));
    EXPECT_EQ(places_of(high_bit | 7, keys), std::vector<std::uint32_t>());
}

TEST(JournalBytes, BucketsDivideAllDigests) {
    EXPECT_EQ(bucket_of(0), 0U);
    EXPECT_EQ(bucket_of(~0ULL), buckets - 1);
    EXPECT_EQ(bucket_of(high_bit), buckets / 2);
}

}  // namespace
}  // namespace pinrelay::spool
