#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/core/result.hpp"

namespace pinrelay::model {

// A JSON document as it arrived. It differs from usual DOMs in two ways: a number keeps its digits as text, so money
// never goes through a binary float; members keep their order and their duplicates. Const calls are thread-safe.
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

    // The member of that name. Null if this is not an object or has no such member. If the key occurs several times,
    // the last one counts, as in JavaScript. The pointer is valid until this value changes.
    const Value* find(std::string_view key) const noexcept;

    // The value at a JSON pointer (RFC 6901): "/ecommerce/items/0/price"; "" is the whole document. Null if there is
    // nothing, or if the pointer is malformed.
    const Value* at_pointer(std::string_view pointer) const;

    // A string's text, a number's digits, "true" or "false" for a boolean. Nothing for null, arrays and objects.
    std::optional<std::string> scalar_text() const;

    // Adds or replaces a member. Call it only if this is an object.
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

// Defined after Member: a constructor of Value needs Member to be complete.
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
    TooMany,  // more values than ParseLimits::values
    Number,   // a number beyond the range of a double, such as 1e400
};

// Why a text is not a JSON document that we accept.
struct ParseError {
    ParseErrc code = ParseErrc::Syntax;
    std::size_t offset = 0;  // in bytes, from 0 to the size of the text; 0 for TooMany
    std::string reason;      // for people; holds nothing of the text
};

// Limits for untrusted text.
struct ParseLimits {
    std::size_t depth = 32;  // open arrays and objects; code that walks a Value recurses
    // Values of the whole document: scalars, arrays and objects, the document itself included. Parsing stops there.
    std::size_t values = std::numeric_limits<std::size_t>::max();
};

// Parses one JSON document (RFC 8259, UTF-8). Every text gives a value or a ParseError with the offset of the first
// problem; ParseErrc lists the problems. Throws std::bad_alloc only. Pure.
std::variant<Value, ParseError> parse_json(std::string_view text, ParseLimits limits = {});

// The value as JSON, compact unless the caller asks for indents. Each byte that is not UTF-8 becomes U+FFFD. Pure;
// throws std::bad_alloc only.
std::string to_json(const Value& value, JsonWriter::Layout layout = JsonWriter::Layout::Compact);

}  // namespace pinrelay::model
