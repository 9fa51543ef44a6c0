#include "decode/event/sender.hpp"

#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using model::Sender;
using test::post;

const http::Headers chrome = {{"User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/123.0"}};

Sender sender(http::Headers headers, FormSigns signs = {}) {
    return sender_of(post("", "", std::move(headers)), signs).sender;
}

TEST(SenderOf, TakesABrowsersHeadersForABrowser) {
    EXPECT_EQ(sender(chrome), Sender::Browser);
    EXPECT_EQ(sender({{"User-Agent", "Pinterest for Android"}, {"Origin", "https://shop.example"}}), Sender::Browser);
    EXPECT_EQ(sender({{"User-Agent", "Pinterest for Android"}, {"Cookie", "_epik=x"}}), Sender::Browser);
    EXPECT_EQ(sender({{"Sec-Fetch-Site", "same-origin"}}), Sender::Browser);
}

TEST(SenderOf, TakesFormsMadeForServersForAServerWhateverTheHeaders) {
    http::Headers headers = chrome;
    headers.emplace_back("Sec-Fetch-Site", "same-origin");

    EXPECT_EQ(sender(headers, {.measurement_protocol = true}), Sender::Server);
    EXPECT_EQ(sender(headers, {.container_keys = true}), Sender::Server);
}

TEST(SenderOf, TakesAnEventThatNamesTheVisitorForAServersUnlessABrowserSurelySentIt) {
    EXPECT_EQ(sender(chrome, {.names_visitor = true}), Sender::Server);
    EXPECT_EQ(sender({{"Sec-Fetch-Site", "same-origin"}}, {.names_visitor = true}), Sender::Browser);
}

TEST(SenderOf, KnowsLibraries) {
    for (const char* user_agent :
         {"", "axios/1.6.2", "GuzzleHttp/7", "Go-http-client/1.1", "Python-urllib/3.11", "python-requests/2.31.0",
          "node", "node-fetch/1.0", "curl/7.88.1", "okhttp/4.12.0", "Java/17.0.1", "Apache-HttpClient/4.5",
          "Deno/1.40.0", "Bun/1.1.0", "Dart/3.3 (dart:io)",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.0.0 "
          "Safari/537.36 [GA4MP/0.0.8]"}) {
        EXPECT_EQ(sender({{"User-Agent", user_agent}, {"Origin", "https://shop.example"}}), Sender::Server)
            << user_agent;
    }
}

TEST(SenderOf, TakesNoUserAgentOrAStrangeOneForAServer) {
    EXPECT_EQ(sender({}), Sender::Server);
    EXPECT_EQ(sender({{"User-Agent", "SomethingNew/1.0"}}), Sender::Server);
}

TEST(SenderOf, SaysWhatToldIt) {
    const auto sign = [](http::Headers headers, FormSigns signs = {}) {
        return sender_of(post("", "", std::move(headers)), signs).sign;
    };
    http::Headers app = {{"User-Agent", "Pinterest for Android"}};

    EXPECT_EQ(sign(chrome, {.measurement_protocol = true}), "the Measurement Protocol form");
    EXPECT_EQ(sign(chrome, {.container_keys = true}), "x-ga-… keys of a server container");
    EXPECT_EQ(sign({{"Sec-Fetch-Site", "cross-site"}}), "Sec-Fetch-Site");
    EXPECT_EQ(sign(chrome, {.names_visitor = true}), "the event names the visitor's address or user agent");
    EXPECT_EQ(sign({}), "no User-Agent");
    EXPECT_EQ(sign({{"User-Agent", "curl/8"}}), "User-Agent of an HTTP library");
    EXPECT_EQ(sign({app.front(), {"Origin", "https://shop.example"}}), "Origin");
    EXPECT_EQ(sign({app.front(), {"Cookie", "a=b"}}), "Cookie");
    EXPECT_EQ(sign(chrome), "a browser's User-Agent");
    EXPECT_EQ(sign(app), "a User-Agent that is no browser's");
}

}  // namespace
}  // namespace pinrelay::decode
