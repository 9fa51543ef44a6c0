#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "pinrelay/core/result.hpp"

namespace pinrelay::model {

// A JSON document as it arrived. Unlike a common DOM it keeps the digits of a number as text, so that money is never
// printed back from a binary float, and members in the order they came.
class Value {
public:
    struct Number {
        std::string text;  // JSON number syntax
        friend bool operator==(const Number&, const Number&) = default;
    };
    struct Member;
    using Array = std::vector<Value>;
    using Object = std::vector<Member>;

    Value();  // null
    explicit Value(bool b);
    explicit Value(std::string text);
    explicit Value(std::string_view text);
    explicit Value(const char* text);
    explicit Value(Number number);
    explicit Value(Array items);
    explicit Value(Object members);

    bool is_null() const noexcept { return std::holds_alternative<std::monostate>(data_); }
    const bool* boolean() const noexcept { return std::get_if<bool>(&data_); }
    const std::string* text() const noexcept { return std::get_if<std::string>(&data_); }
    const Number* number() const noexcept { return std::get_if<Number>(&data_); }
    const Array* array() const noexcept { return std::get_if<Array>(&data_); }
    const Object* object() const noexcept { return std::get_if<Object>(&data_); }
    Array* array() noexcept { return std::get_if<Array>(&data_); }
    Object* object() noexcept { return std::get_if<Object>(&data_); }

    // The member of that name; null pointer where there is none or this is no object. Of duplicate keys the last
    // counts, as in every JavaScript engine.
    const Value* find(std::string_view key) const noexcept;

    // By RFC 6901 pointer ("/ecommerce/items/0/price"); "" is the whole document.
    const Value* at_pointer(std::string_view pointer) const;

    // Text of a string, the digits of a number, "true"/"false" of a boolean; nothing for the rest.
    std::optional<std::string> scalar_text() const;

    // Adds or replaces a member. Only on an object.
    void set(std::string_view key, Value value);

    friend bool operator==(const Value&, const Value&) = default;

private:
    std::variant<std::monostate, bool, Number, std::string, Array, Object> data_;
};

struct Value::Member {
    std::string key;
    Value value;
    friend bool operator==(const Member&, const Member&) = default;
};

// Behind Member, since making a Value needs Member to be complete.
inline Value::Value() = default;
inline Value::Value(bool b) : data_(b) {}
inline Value::Value(std::string text) : data_(std::move(text)) {}
inline Value::Value(std::string_view text) : data_(std::string(text)) {}
inline Value::Value(const char* text) : data_(std::string(text)) {}
inline Value::Value(Number number) : data_(std::move(number)) {}
inline Value::Value(Array items) : data_(std::move(items)) {}
inline Value::Value(Object members) : data_(std::move(members)) {}

// Which rule a text breaks.
enum class ParseErrc {
    Syntax,   // RFC 8259; ill-formed UTF-8, a lone surrogate and a NUL byte included
    TooDeep,  // more open arrays and objects than ParseLimits::depth
    Number,   // a number beyond the range of a double, such as 1e400
};

// Why a text is not a JSON document that we accept.
struct ParseError {
    ParseErrc code = ParseErrc::Syntax;
    std::size_t offset = 0;  // in bytes, from 0 to the size of the text
    std::string reason;      // for people; holds nothing of the text
};

// Limits that untrusted text must keep.
struct ParseLimits {
    std::size_t depth = 32;  // nlohmann's copy and dump recurse; so would our own walks
};

// Parses one JSON document (RFC 8259, UTF-8). Never throws on bad input, whatever it is: depth beyond the limit,
// numbers out of a double's range (1e400), invalid UTF-8 and lone surrogates are errors with their offset.
std::variant<Value, ParseError> parse_json(std::string_view text, ParseLimits limits = {});

// Compact JSON. Invalid UTF-8, should any have got in, becomes U+FFFD.
std::string to_json(const Value& value);

}  // namespace pinrelay::model
