#include "app/log/logfmt.hpp"

#include <gtest/gtest.h>

namespace pinrelay::app {
namespace {

TEST(Logfmt, QuotesTheSentenceAndLeavesPlainValuesBare) {
    EXPECT_EQ(logfmt("started", {{"listen", "0.0.0.0:8080"}, {"pending", "0"}}),
              R"(msg="started" listen=0.0.0.0:8080 pending=0)");
}

TEST(Logfmt, QuotesValuesThatCouldBeMisread) {
    EXPECT_EQ(logfmt("x", {{"a", "two words"}, {"b", "k=v"}, {"c", ""}, {"d", "say \"hi\""}}),
              R"(msg="x" a="two words" b="k=v" c="" d="say \"hi\"")");
}

TEST(Logfmt, NeverBreaksTheLine) {
    EXPECT_EQ(logfmt("a\nb", {{"v", "1\r\n2\x1b[31m"}}), R"(msg="a\x0ab" v="1\x0d\x0a2\x1b[31m")");
}

TEST(Logfmt, EscapesWhatOtherReadersTakeForTheEndOfALine) {
    EXPECT_EQ(logfmt("x", {{"v",
                            "1\xE2\x80\xA8"
                            "2\xC2\x85"
                            "3"}}),
              R"(msg="x" v="1\xe2\x80\xa82\xc2\x853")");
}

TEST(Logfmt, IsUtf8WhateverItIsGiven) {
    EXPECT_EQ(logfmt("x", {{"a", "\xFFü"}, {"b", "ü"}}), "msg=\"x\" a=\"\\xffü\" b=ü");
}

}  // namespace
}  // namespace pinrelay::app
