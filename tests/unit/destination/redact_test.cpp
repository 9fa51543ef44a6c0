#include "pinrelay/destination/redact.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinrelay::destination {
namespace {

std::string redacted(std::string_view text, std::string token = "pina_SECRET") {
    return redact(text, Secret(std::move(token)));
}

TEST(Redact, RemovesTheTokenWhereverItAppears) {
    EXPECT_EQ(redacted("token pina_SECRET is bad (pina_SECRET), xpina_SECRETx"),
              "token [redacted] is bad ([redacted]), x[redacted]x");
}

TEST(Redact, RemovesAnOpaqueRunOfTwentyCharacters) {
    EXPECT_EQ(redacted("got AbCdEfGhIjKlMnOpQr12 here"), "got [redacted] here");
}

TEST(Redact, KeepsAnOpaqueRunOfNineteen) { EXPECT_EQ(redacted("AbCdEfGhIjKlMnOpQr1"), "AbCdEfGhIjKlMnOpQr1"); }

TEST(Redact, RemovesAForeignTokenAndADigest) {
    const std::string digest(64, 'a');

    EXPECT_EQ(redacted("Bearer pina_AMA123456789ABCDEFGHIJ and " + digest), "Bearer [redacted] and [redacted]");
}

TEST(Redact, KeepsKeyNamesReadable) {
    const std::string text = "'external_measurement_vendor_id' was unexpected";

    EXPECT_EQ(redacted(text), text);
}

TEST(Redact, RemovesLongLowerCaseRunsThatAreNoWords) {
    EXPECT_EQ(redacted("abcdefghijklmnopqrstuvwxyz"), "[redacted]");
}

TEST(Redact, RemovesWhatLooksLikeAnEmail) {
    EXPECT_EQ(redacted("em 'jane.doe+x@example.com' or jane%40example.com or mailto:josé@exämple.de"),
              "em '[redacted]' or [redacted] or mailto:[redacted]");
}

TEST(Redact, RemovesTheTokenBeforeItIsCut) {
    const std::string token(90, 'T');
    const std::string text = std::string(495, ' ') + token;

    EXPECT_EQ(redacted(text, token).find('T'), std::string::npos);
}

TEST(Redact, TurnsControlBytesIntoSpaces) {
    EXPECT_EQ(redacted(std::string_view("a\nb\x1b[31m\0c\x7f", 11)), "a b [31m c ");
}

TEST(Redact, TurnsWhatIsNoUtf8AndWhatEndsALineElsewhereIntoSpaces) {
    EXPECT_EQ(redacted("a\xFF"
                       "b\xC2\x9B"
                       "31m\xE2\x80\xA8"
                       "c\xE2\x80\xA9"
                       "d\xC2"),
              "a b 31m c d ");
}

TEST(Redact, RemovesAddressesOfVisitors) {
    EXPECT_EQ(redacted("203.0.113.9 or 2001:db8::1, then 2001:db8:1:2:3:4:5:6."),
              "[redacted] or [redacted], then [redacted]");
}

TEST(Redact, RemovesPhones) {
    EXPECT_EQ(redacted("ph '+4915112345678' and (415) 555-0134 and +1 415 555 0134 fail"),
              "ph '[redacted]' and [redacted] and [redacted] fail");
}

TEST(Redact, KeepsNumbersAndTimesReadable) {
    const std::string text = "account 549755885175, event_time 1713571200 at 10:30:00, v1.2.3, 3 of 1000 events";

    EXPECT_EQ(redacted(text), text);
}

TEST(Redact, CutsAtFiveHundredBytesAndAtTheBorderOfACharacter) {
    std::string text(499, ' ');
    text += "€ and more";

    EXPECT_EQ(redacted(text), std::string(499, ' '));
}

TEST(Redact, LeavesTextAloneWhenThereIsNoToken) { EXPECT_EQ(redacted("Invalid request", ""), "Invalid request"); }

}  // namespace
}  // namespace pinrelay::destination
