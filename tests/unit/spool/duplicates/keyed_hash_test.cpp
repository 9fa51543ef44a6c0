#include "spool/duplicates/keyed_hash.hpp"

#include <gtest/gtest.h>

#include <set>

namespace pinrelay::spool {
namespace {

KeyedHash::Secret counting_secret(unsigned char first) {
    KeyedHash::Secret secret{};
    for (auto& byte : secret) byte = first++;
    return secret;
}

class KeyedHashTest : public testing::Test {
protected:
    KeyedHash hash{counting_secret(0)};
};

TEST_F(KeyedHashTest, GivesOtherKeysWhereADestinationANameOrAnIdDiffers) {
    const EventKey key = hash.key_of("shop", "checkout", "1");

    EXPECT_EQ(key, hash.key_of("shop", "checkout", "1"));
    EXPECT_NE(key, hash.key_of("shop2", "checkout", "1"));
    EXPECT_NE(key, hash.key_of("shop", "lead", "1"));
    EXPECT_NE(key, hash.key_of("shop", "checkout", "2"));
    EXPECT_NE(hash.key_of("a", "bc", "d"), hash.key_of("ab", "c", "d"));
    EXPECT_NE(hash.key_of("a", "b", ""), hash.key_of("a", "", "b"));
}

TEST_F(KeyedHashTest, GivesOtherKeysWithAnotherSecret) {
    KeyedHash other(counting_secret(1));

    EXPECT_NE(hash.key_of("shop", "checkout", "1"), other.key_of("shop", "checkout", "1"));
}

// SipHash-2-4 with 128 bits over three lengths of 4 bytes and the texts, by another implementation.
TEST_F(KeyedHashTest, GivesTheSameKeysFromReleaseToRelease) {
    const EventKey key = hash.key_of("pinterest:549755885175", "checkout", "pin-ORDER-12345");

    EXPECT_EQ(key, (EventKey{{0x49b88bf2, 0xafd8761b, 0x2822fe9c}}));
}

TEST_F(KeyedHashTest, ShortensSubjectAndValueAndKeepsTheRest) {
    Said said{0xfedcba9876543210, model::Trust::Key, {.value = 77, .identifiers = {1, 2}}, false};

    const Said shortened = hash.shortened(said);

    EXPECT_EQ(shortened, hash.shortened(said));
    EXPECT_NE(shortened.subject, 0U);
    EXPECT_NE(shortened.essence.value, 0U);
    EXPECT_LE(shortened.subject, 0xFFFFFFFFU);
    EXPECT_LE(shortened.essence.value, 0xFFFFFFFFU);
    said.subject = shortened.subject;
    said.essence.value = shortened.essence.value;
    EXPECT_EQ(shortened, said);
}

TEST_F(KeyedHashTest, LeavesWhatIsNotKnownUnknown) { EXPECT_EQ(hash.shortened(Said{}), Said{}); }

TEST_F(KeyedHashTest, KeepsManySubjectsApart) {
    std::set<std::uint64_t> subjects;
    for (std::uint64_t i = 1; i <= 10'000; ++i) subjects.insert(hash.shortened({.subject = i << 20U}).subject);

    EXPECT_EQ(subjects.size(), 10'000U);
}

TEST_F(KeyedHashTest, PrintsDifferWhereAnythingDoes) {
    const Said said{7, model::Trust::Browser, {.value = 5, .identifiers = {1, 0, 3}}, true};
    std::set<std::uint32_t> prints = {hash.print_of(said)};
    const auto add = [&](auto change) {
        Said other = said;
        change(other);
        prints.insert(hash.print_of(other));
    };

    add([](Said& other) { other.subject = 8; });
    add([](Said& other) { other.trust = model::Trust::Key; });
    add([](Said& other) { other.essence.value = 6; });
    add([](Said& other) { other.essence.identifiers = {0, 1, 3}; });
    add([](Said& other) { other.deduplicated = false; });

    EXPECT_EQ(prints.size(), 6U);
    EXPECT_FALSE(prints.contains(0));
    EXPECT_EQ(hash.print_of(said), hash.print_of(Said(said)));
}

TEST(KeyedHashSecret, IsAnotherOneEachTime) { EXPECT_NE(KeyedHash::new_secret(), KeyedHash::new_secret()); }

}  // namespace
}  // namespace pinrelay::spool
