#include "app/log/json_line.hpp"

#include <gtest/gtest.h>

#include "pinrelay/app/stderr_logger.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::app {
namespace {

TEST(JsonLine, HasTheSentenceAndEachFieldAsText) {
    EXPECT_EQ(json_members("started", {{"listen", "0.0.0.0:8080"}, {"pending", "0"}}),
              R"("message":"started","listen":"0.0.0.0:8080","pending":"0")");
    EXPECT_EQ(json_members("stopped", {}), R"("message":"stopped")");
}

TEST(JsonLine, EscapesQuotesBackslashesAndControlBytes) {
    EXPECT_EQ(json_members("say \"hi\"", {{"v", "a\\b"}, {"w", "1\r\n2\x1b[31m\t"}}),
              R"("message":"say \"hi\"","v":"a\\b","w":"1\r\n2\u001b[31m\t")");
}

TEST(JsonLine, EscapesWhatOtherReadersTakeForTheEndOfALine) {
    EXPECT_EQ(json_members("x", {{"v",
                                  "1\xE2\x80\xA8"
                                  "2\xC2\x85"
                                  "3\x7F"
                                  "4"}}),
              R"("message":"x","v":"1\u20282\u00853\u007f4")");
}

TEST(JsonLine, IsUtf8WhateverItIsGiven) {
    EXPECT_EQ(json_members("x", {{"a", "\xFFü"}, {"b", std::string("\0", 1)}, {"c", "\xF0\x9F\x98\x80\xE2\x80"}}),
              "\"message\":\"x\",\"a\":\"\xEF\xBF\xBDü\",\"b\":\"\\u0000\",\"c\":"
              "\"\xF0\x9F\x98\x80\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(JsonLine, NeverHasANameTwice) {
    EXPECT_EQ(json_members("x", {{"time", "1"}, {"level", "2"}, {"message", "3"}}),
              R"("message":"x","time_":"1","level_":"2","message_":"3")");
}

// The line as it reaches standard error.
std::string line_of(const LogOptions& options) {
    testing::internal::CaptureStderr();
    const auto logger = make_stderr_logger(options);
    logger->warn("the store is \"full\"", {{"bytes", "10"}});
    logger->debug("below the level");
    return testing::internal::GetCapturedStderr();
}

TEST(StderrLogger, WritesOneJsonObjectALine) {
    const auto line = line_of({LogLevel::Info, LogFormat::Json, true});

    model::Arena arena;
    const auto parsed = model::parse_json(line, arena);
    const auto* object = std::get_if<model::Value>(&parsed);
    ASSERT_NE(object, nullptr) << line;
    ASSERT_NE(object->find("time"), nullptr) << line;
    const std::string_view time = *object->find("time")->text();
    EXPECT_TRUE(std::string(line).ends_with("\n"));
    EXPECT_EQ(time.size(), std::string("2026-01-31T00:00:00.000Z").size()) << time;
    EXPECT_EQ(time.back(), 'Z');
    EXPECT_EQ(time[19], '.');
    EXPECT_EQ(line.substr(line.find(",\"level\"")),
              ",\"level\":\"warning\",\"message\":\"the store is \\\"full\\\"\",\"bytes\":\"10\"}\n");
}

TEST(StderrLogger, LeavesTheTimeToJournald) {
    EXPECT_EQ(line_of({LogLevel::Info, LogFormat::Text, false}),
              "level=warning msg=\"the store is \\\"full\\\"\" bytes=10\n");
    EXPECT_EQ(line_of({LogLevel::Info, LogFormat::Json, false}),
              "{\"level\":\"warning\",\"message\":\"the store is \\\"full\\\"\",\"bytes\":\"10\"}\n");
    EXPECT_TRUE(line_of({LogLevel::Info, LogFormat::Text, true}).starts_with("time=2"));
}

TEST(StderrLogger, TakesItsOptionsFromTheConfiguration) {
    config::Config config;
    config.log_level = "debug";
    config.log_format = "json";
    config.log_time = false;

    const auto options = log_options(config);

    EXPECT_EQ(options.level, LogLevel::Debug);
    EXPECT_EQ(options.format, LogFormat::Json);
    EXPECT_FALSE(options.time);
}

}  // namespace
}  // namespace pinrelay::app
