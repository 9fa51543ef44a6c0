#include "app/choices.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "config/keys.hpp"

namespace pinrelay::app {
namespace {

using Texts = std::map<std::string, std::set<std::string>>;

template <class Target>
void add_choices(std::span<const config::Key<Target>> keys, const std::string& section, Texts& texts) {
    for (const auto& key : keys)
        if (!key.rule.choices.empty())
            texts[section + std::string(key.path)] = {key.rule.choices.begin(), key.rule.choices.end()};
}

Texts texts_that_config_takes() {
    Texts texts;
    add_choices(config::config_keys(), "", texts);
    add_choices(config::mapping_keys(), "mapping.", texts);
    add_choices(config::account_keys(), "accounts[].", texts);
    return texts;
}

Texts texts_that_have_a_value() {
    Texts texts;
    const auto add = [&texts](const auto& choices) {
        for (const auto& row : choices.rows) texts[std::string(choices.key)].emplace(row.text);
    };
    std::apply([&](const auto&... choices) { (add(choices), ...); }, all_choices);
    return texts;
}

TEST(Choices, HaveAValueForEachTextThatConfigTakesAndForNoOther) {
    EXPECT_EQ(texts_that_have_a_value(), texts_that_config_takes());
}

TEST(Choices, HaveEachValueOnce) {
    const auto expect_distinct = [](const auto& choices) {
        auto values = std::set{choices.rows.front().value};
        for (const auto& row : choices.rows) values.insert(row.value);
        EXPECT_EQ(values.size(), choices.rows.size()) << choices.key;
    };

    std::apply([&](const auto&... choices) { (expect_distinct(choices), ...); }, all_choices);
}

TEST(Choices, NameTheKeyAndTheTextThatHasNoValue) {
    EXPECT_EQ(lookup(bots, "send"), false);
    try {
        lookup(phone_hashes, "sha1");
        FAIL() << "a text without a value stands for the first row";
    } catch (const std::invalid_argument& failure) {
        EXPECT_NE(std::string(failure.what()).find("mapping.phone_hash"), std::string::npos);
        EXPECT_NE(std::string(failure.what()).find("sha1"), std::string::npos);
    }
}

}  // namespace
}  // namespace pinrelay::app
