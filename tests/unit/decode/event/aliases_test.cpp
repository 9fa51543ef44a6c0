#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

#include <map>
#include <string>

#include "decode/event/alias_table.hpp"
#include "decode/event/fields.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

std::string flattened(std::string_view path) {
    std::string key(path);
    for (char& c : key) c = flattened_character(c);
    return key;
}

Value object_with(std::string_view key, Value value) {
    return model::with_member(Value(Value::Object()), key, value, test::arena());
}

// The value under a path whose dots are objects within objects.
Value nested(std::string_view path, Value value) {
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) return object_with(path, std::move(value));
    return object_with(path.substr(0, dot), nested(path.substr(dot + 1), std::move(value)));
}

// A value that a field of the kind takes.
Value sample(Kind kind) {
    if (kind == Kind::Address) return Value("203.0.113.9");
    return kind == Kind::Structure ? test::json("[\"x\"]") : Value("x");
}

template <class Check>
void for_each_path(Check check) {
    for (const Aliases& row : alias_table) {
        for (const std::string_view path : row.paths) {
            if (!path.empty() && row.kind != Kind::Consent) check(row, path);
        }
    }
}

bool finds(const Value& object, const Aliases& row) {
    Fields fields(test::arena());
    fields.read(object);
    const Value* found = fields.find(row.field);
    return found != nullptr && *found == sample(row.kind);
}

TEST(AliasTable, HasOneRowForEveryField) {
    std::map<Field, int> rows;

    for (const Aliases& row : alias_table) ++rows[row.field];

    EXPECT_EQ(rows.size(), static_cast<std::size_t>(Field::Count));
    for (const auto& [field, count] : rows) EXPECT_EQ(count, 1) << static_cast<int>(field);
}

TEST(AliasTable, GivesNoKeyTwoMeanings) {
    std::map<std::string, Field> meanings;

    for_each_path([&meanings](const Aliases& row, std::string_view path) {
        const auto [known, is_new] = meanings.emplace(flattened(path), row.field);
        EXPECT_EQ(known->second, row.field) << path;
    });
}

TEST(Fields, FindEveryAliasNested) {
    for_each_path([](const Aliases& row, std::string_view path) {
        EXPECT_TRUE(finds(nested(path, sample(row.kind)), row)) << path;
    });
}

TEST(Fields, FindEveryAliasFlattened) {
    for_each_path([](const Aliases& row, std::string_view path) {
        EXPECT_TRUE(finds(object_with(flattened(path), sample(row.kind)), row)) << path;
    });
}

TEST(Fields, FindEveryAliasAsDottedKey) {
    for_each_path([](const Aliases& row, std::string_view path) {
        EXPECT_TRUE(finds(object_with(path, sample(row.kind)), row)) << path;
    });
}

TEST(Fields, FindEveryAliasInsideEcommerce) {
    for_each_path([](const Aliases& row, std::string_view path) {
        EXPECT_TRUE(finds(object_with("ecommerce", nested(path, sample(row.kind))), row)) << path;
        EXPECT_TRUE(finds(object_with("ecommerce." + std::string(path), sample(row.kind)), row)) << path;
    });
}

}  // namespace
}  // namespace pinrelay::decode
