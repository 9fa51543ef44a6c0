#include "app/alarms/webhook_target.hpp"

#include <gtest/gtest.h>

namespace pinrelay::app {
namespace {

TEST(WebhookTarget, HasThePartsOfAUrl) {
    const struct {
        const char* url;
        WebhookTarget target;
    } rows[] = {
        {"https://hooks.example/services/T0/B0/x", {"https://hooks.example", "/services/T0/B0/x", ""}},
        {"https://hooks.example:8443/a?key=1&b=/c?d", {"https://hooks.example:8443", "/a", "key=1&b=/c?d"}},
        {"https://hooks.example", {"https://hooks.example", "/", ""}},
        {"https://hooks.example?key=1", {"https://hooks.example", "/", "key=1"}},
        {"http://127.0.0.1:8099/alarms", {"http://127.0.0.1:8099", "/alarms", ""}},
        {"http://[::1]:8099/", {"http://[::1]:8099", "/", ""}},
    };
    for (const auto& row : rows) {
        const auto found = parse_webhook(row.url);

        ASSERT_TRUE(found) << row.url << ": " << found.error();
        EXPECT_EQ(*found, row.target) << row.url;
    }
}

TEST(WebhookTarget, RefusesWhatCannotBeUsedAndRepeatsNothingOfIt) {
    const struct {
        const char* url;
        const char* reason;
    } rows[] = {
        {"secret", "must begin with https://"},
        {"hooks.example/secret", "must begin with https://"},
        {"ftp://hooks.example/secret", "must begin with https://"},
        {"http://hooks.example/secret", "plain http is only for this machine"},
        {"https://user:secret@hooks.example/", "must not hold a user"},
        {"https:///secret", "no readable host"},
        {"https://hooks.example:x/secret", "no readable host and port"},
        {"https://hooks.example/secret#part", "fragment"},
        {"https://hooks.example/a secret", "blanks"},
        {"https://hooks.example/secr\xC3\xA9t", "visible ASCII"},
        {"https://hooks.example/secret\r\nX: y", "visible ASCII"},
    };
    for (const auto& row : rows) {
        const auto found = parse_webhook(row.url);

        ASSERT_FALSE(found) << row.url;
        EXPECT_NE(found.error().find(row.reason), std::string::npos) << found.error();
        EXPECT_EQ(found.error().find("secret"), std::string::npos) << found.error();
    }
}

}  // namespace
}  // namespace pinrelay::app
