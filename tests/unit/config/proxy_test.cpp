#include <gtest/gtest.h>

#include "fixture.hpp"

namespace pinrelay::config {
namespace {

struct Row {
    Variables set;
    const char* proxy;
    const char* variable;
    const char* no_proxy;
};

Variables enough_with(const Variables& more) {
    Variables all = enough();
    all.insert(more.begin(), more.end());
    return all;
}

TEST(Proxy, IsTheKeysElseTheEnvironments) {
    const std::vector<Row> rows = {
        {{}, "", "", ""},
        {{{"HTTPS_PROXY", "http://p:1"}}, "http://p:1", "HTTPS_PROXY", ""},
        {{{"https_proxy", "http://q:1"}, {"HTTPS_PROXY", "http://p:1"}}, "http://q:1", "https_proxy", ""},
        {{{"https_proxy", ""}, {"HTTPS_PROXY", "http://p:1"}}, "http://p:1", "HTTPS_PROXY", ""},
        {{{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", "a.example"}}, "http://p:1", "HTTPS_PROXY", "a.example"},
        {{{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", "a"}, {"no_proxy", "b"}}, "http://p:1", "HTTPS_PROXY", "b"},
        {{{"HTTPS_PROXY", "http://p:1"}, {"PINRELAY_DELIVERY_PROXY", "none"}}, "", "", ""},
        {{{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", "a"}, {"PINRELAY_DELIVERY_PROXY", "http://k:1"}},
         "http://k:1",
         "",
         ""},
        {{{"HTTP_PROXY", "http://p:1"}, {"ALL_PROXY", "http://p:1"}}, "", "", ""},
    };

    for (const auto& row : rows) {
        const auto loaded = load(std::nullopt, variables(enough_with(row.set)));

        EXPECT_TRUE(loaded.problems.empty()) << texts(loaded);
        EXPECT_EQ(loaded.config.proxy.reveal(), row.proxy);
        EXPECT_EQ(loaded.config.proxy_variable.value_or(""), row.variable) << row.proxy;
        EXPECT_EQ(loaded.config.no_proxy, row.no_proxy) << row.proxy;
    }
}

TEST(Proxy, OfTheFileGivesWayToTheVariable) {
    const TemporaryFile file(R"({"delivery": {"proxy": "http://file:1"}})");

    const auto from_file = load(file.path(), variables(enough_and("HTTPS_PROXY", "http://p:1")));
    const auto from_variable = load(file.path(), variables(enough_and("PINRELAY_DELIVERY_PROXY", "http://v:1")));

    EXPECT_EQ(from_file.config.proxy.reveal(), "http://file:1");
    EXPECT_EQ(from_variable.config.proxy.reveal(), "http://v:1");
}

}  // namespace
}  // namespace pinrelay::config
