#include "ingest/access/plain_origin.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

TEST(PlainOrigin, HasNoDotAtTheEndOfItsHost) {
    EXPECT_EQ(plain_origin("https://shop.example."), "https://shop.example");
    EXPECT_EQ(plain_origin("https://shop.example.:8443"), "https://shop.example:8443");
    EXPECT_EQ(plain_origin("https://shop.example./page"), "https://shop.example/page");
}

TEST(PlainOrigin, IsAnyOtherTextAsItIs) {
    for (const char* text : {"https://shop.example", "https://shop.example:8443", "https://xn--bcher-kva.example",
                             "null", "", "https://[2001:db8::1]", "*", "no.origin", "https://*.shop.example"})
        EXPECT_EQ(plain_origin(text), text);
}

}  // namespace
}  // namespace pinrelay::ingest
