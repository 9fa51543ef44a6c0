#include "ingest/proof/first_party_proof.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

using namespace std::chrono_literals;

const auto signed_noon = std::chrono::sys_seconds(std::chrono::sys_days(std::chrono::December / 1 / 2026) + 12h);
const Proof signed_proof{signed_noon, 0x0123456789abcdef};
const Proofs signing_proofs({Secret("the key that signs now")});

TEST(Proofs, ReadWhatTheyHaveWritten) {
    const auto text = signing_proofs.write(signed_proof);

    ASSERT_TRUE(text);
    EXPECT_EQ(text->size(), 62U);
    EXPECT_TRUE(text->starts_with("1.006b0eb6c0.")) << *text;
    EXPECT_NE(text->find(".0123456789abcdef."), std::string::npos) << *text;
    EXPECT_EQ(signing_proofs.read(*text, signed_noon + 1h), signed_proof);
    EXPECT_EQ(signing_proofs.read(*text, signed_noon + 1h), signed_proof) << "a browser shows it again and again";
}

TEST(Proofs, LastForADay) {
    const auto text = signing_proofs.write(signed_proof).value();

    EXPECT_EQ(signing_proofs.read(text, signed_noon + 24h - 1s), signed_proof);
    EXPECT_EQ(signing_proofs.read(text, signed_noon + 24h), std::nullopt);
    EXPECT_EQ(signing_proofs.read(text, signed_noon - 1min), signed_proof) << "clocks of two relays";
    EXPECT_EQ(signing_proofs.read(text, signed_noon - 61s), std::nullopt) << "of the future";
}

TEST(Proofs, AreTakenFromEachKeyAndFromNoOther) {
    const auto old = Proofs({Secret("the key that signed before")}).write(signed_proof).value();
    const Proofs both({Secret("the key that signs now"), Secret("the key that signed before")});

    EXPECT_EQ(both.read(old, signed_noon), signed_proof);
    EXPECT_EQ(both.write(signed_proof), signing_proofs.write(signed_proof));
    EXPECT_EQ(signing_proofs.read(old, signed_noon), std::nullopt);
    EXPECT_EQ(Proofs({}).read(old, signed_noon), std::nullopt);
    EXPECT_EQ(Proofs({}).write(signed_proof), std::nullopt);
}

TEST(Proofs, AreNoneWithAnyOtherCharacter) {
    const auto text = signing_proofs.write(signed_proof).value();

    for (std::size_t at = 0; at < text.size(); ++at)
        for (const char other : {'0', 'f', 'F', '.', '\0'}) {
            auto changed = text;
            changed[at] = other;
            if (changed == text) continue;
            EXPECT_EQ(signing_proofs.read(changed, signed_noon), std::nullopt) << at << ' ' << changed;
        }
}

TEST(Proofs, AreNoneWhereTheyAreCutOrLonger) {
    const auto text = signing_proofs.write(signed_proof).value();

    for (std::size_t length = 0; length < text.size(); ++length)
        EXPECT_EQ(signing_proofs.read(text.substr(0, length), signed_noon), std::nullopt) << length;
    EXPECT_EQ(signing_proofs.read(text + "0", signed_noon), std::nullopt);
    EXPECT_EQ(signing_proofs.read(std::string(100'000, '1'), signed_noon), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::ingest
