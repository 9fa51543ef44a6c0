#include <gtest/gtest.h>

#include "../fixture.hpp"

namespace pinrelay::config {
namespace {

constexpr const char* url = "https://hooks.example/services/T1/secret";

TEST(Webhook, IsNoneByDefault) { EXPECT_TRUE(load_text("{}").config.webhook.empty()); }

TEST(Webhook, ComesFromTheKeyAVariableOrAFile) {
    const TemporaryFile file(std::string(url) + "\n");
    const std::string path = file.path().string();
    auto named = enough_and("SHOP_ALARMS", url);

    EXPECT_EQ(load_text(R"({"alarms": {"webhook": ")" + std::string(url) + R"("}})").config.webhook.reveal(), url);
    EXPECT_EQ(load({}, variables(enough_and("PINRELAY_ALARMS_WEBHOOK", url))).config.webhook.reveal(), url);
    EXPECT_EQ(load_text(R"({"alarms": {"webhook_file": ")" + path + R"("}})").config.webhook.reveal(), url);
    EXPECT_EQ(load({}, variables(enough_and("PINRELAY_ALARMS_WEBHOOK_FILE", path))).config.webhook.reveal(), url);
    EXPECT_EQ(load_text(R"({"alarms": {"webhook_env": "SHOP_ALARMS"}})", named).config.webhook.reveal(), url);
}

TEST(Webhook, NamesThePlaceOfAMistakeAndNeverTheUrl) {
    const TemporaryFile empty("\n");
    const struct {
        std::string text;
        const char* problem;
    } rows[] = {
        {R"({"alarms": {"webhook": "https://hooks.example/secret", "webhook_env": "X"}})",
         "alarms.webhook_env: give only one of webhook, webhook_file and webhook_env"},
        {R"({"alarms": {"webhook_env": "UNSET"}})", "alarms.webhook_env: that variable is not set"},
        {R"({"alarms": {"webhook_file": "/nonexistent/url"}})", "alarms.webhook_file: /nonexistent/url: there is no"},
        {R"({"alarms": {"webhook_file": ")" + empty.path().string() + R"("}})", "alarms.webhook_file: holds no URL"},
        {R"({"alarms": {"webhook_file": "https://hooks.example/secret"}})", "alarms.webhook_file: the file: "},
    };
    for (const auto& row : rows) {
        const auto loaded = load_text(row.text);

        ASSERT_EQ(loaded.problems.size(), 1U) << row.text;
        EXPECT_NE(texts(loaded).find(row.problem), std::string::npos) << texts(loaded);
        EXPECT_EQ(texts(loaded).find("hooks.example"), std::string::npos) << texts(loaded);
    }
}

}  // namespace
}  // namespace pinrelay::config
