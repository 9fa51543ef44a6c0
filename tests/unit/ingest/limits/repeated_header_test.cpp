#include "ingest/limits/repeated_header.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinrelay::ingest {
namespace {

http::Request with(http::Headers headers) {
    http::Request request;
    request.headers = std::move(headers);
    return request;
}

TEST(RepeatedHeader, MayBeLongBesideOneEvent) {
    EXPECT_TRUE(may_repeat_header(with({{"Cookie", std::string(1'000'000, 'a')}}), 1));
}

TEST(RepeatedHeader, IsBoundedByTheNumberOfEvents) {
    const auto request = with({{"cookie", std::string(128 + 1024, 'a')}});

    EXPECT_TRUE(may_repeat_header(request, 512));
    EXPECT_FALSE(may_repeat_header(request, 513));
}

TEST(RepeatedHeader, CountsAllFieldsThatEventsReadAndEachLine) {
    const std::string value(128 + 512, 'a');

    EXPECT_FALSE(may_repeat_header(with({{"Referer", value}, {"User-Agent", value}}), 513));
    EXPECT_FALSE(may_repeat_header(with({{"Cookie", value}, {"Cookie", value}}), 513));
    EXPECT_TRUE(may_repeat_header(with({{"Authorization", value}, {"Referer", value}}), 513));
}

TEST(RepeatedHeader, OfUsualSizeIsFree) {
    const std::string value(128, 'a');

    EXPECT_TRUE(may_repeat_header(with({{"Referer", value}, {"User-Agent", value}, {"Cookie", value}}), 10'000));
}

}  // namespace
}  // namespace pinrelay::ingest
