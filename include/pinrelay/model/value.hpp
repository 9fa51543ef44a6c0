#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/model/arena.hpp"

namespace pinrelay::model {

// A JSON document as it arrived, or as it was made: a view of 16 bytes. It owns nothing: texts, members and items are
// in an Arena, or in what else outlives the value, and are never changed, so that copies may share them freely. It
// differs from usual DOMs in two ways: a number keeps its digits as text, so money never goes through a binary float;
// members keep their order and their duplicates. Thread-safe as any constant is.
class Value {
public:
    struct Member;
    using Array = std::span<const Value>;
    using Object = std::span<const Member>;

    // A JSON number as text.
    struct Number {
        std::string_view text;
    };

    Value() noexcept = default;  // null
    explicit Value(bool b) noexcept : boolean_(b), kind_(Kind::Boolean) {}
    explicit Value(std::string_view text) noexcept
        : chars_(text.data()), size_(count(text.size())), kind_(Kind::Text) {}
    explicit Value(const char* text) noexcept : Value(std::string_view(text)) {}
    explicit Value(const std::string& text) noexcept : Value(std::string_view(text)) {}
    explicit Value(std::string&&) = delete;  // it would end before the value
    explicit Value(const Number& number) noexcept
        : chars_(number.text.data()), size_(count(number.text.size())), kind_(Kind::Number) {}
    explicit Value(Array items) noexcept : items_(items.data()), size_(count(items.size())), kind_(Kind::Array) {}
    explicit Value(Object members) noexcept;

    bool is_null() const noexcept { return kind_ == Kind::Null; }
    bool is_text() const noexcept { return kind_ == Kind::Text; }
    bool is_number() const noexcept { return kind_ == Kind::Number; }
    bool is_boolean() const noexcept { return kind_ == Kind::Boolean; }
    bool is_array() const noexcept { return kind_ == Kind::Array; }
    bool is_object() const noexcept { return kind_ == Kind::Object; }

    // Nothing for a value of another kind.
    std::optional<bool> boolean() const noexcept;
    std::optional<std::string_view> text() const noexcept;
    std::optional<std::string_view> number() const noexcept;  // its digits
    std::optional<Array> array() const noexcept;
    std::optional<Object> object() const noexcept;

    // What is in it; empty for a value of another kind.
    Array items() const noexcept;
    Object members() const noexcept;

    // The member of that name. Null pointer if this is not an object or has no such member. If the key occurs several
    // times, the last one counts, as in JavaScript. The pointer is valid as long as what this value is a view of.
    const Value* find(std::string_view key) const noexcept;

    // The value at a JSON pointer (RFC 6901): "/ecommerce/items/0/price"; "" is the whole document. Null pointer if
    // there is nothing, or if the JSON pointer is malformed.
    const Value* at_pointer(std::string_view pointer) const;

    // A string's text, a number's digits, "true" or "false" for a boolean. Nothing for null, arrays and objects.
    std::optional<std::string_view> scalar_text() const noexcept;

    // Whether both are views of the same memory; two scalars are where they hold the same.
    bool is_same_view(const Value& other) const noexcept {
        return kind_ == other.kind_ && size_ == other.size_ &&
               (is_boolean() ? boolean_ == other.boolean_ : chars_ == other.chars_);
    }

    // By what they hold.
    friend bool operator==(const Value& a, const Value& b) noexcept;

private:
    enum class Kind : std::uint8_t { Null, Boolean, Number, Text, Array, Object };

    // No request comes near that size.
    static std::uint32_t count(std::size_t size) noexcept { return static_cast<std::uint32_t>(size); }

    union {
        const char* chars_ = nullptr;
        const Value* items_;
        const Member* members_;
        bool boolean_;
    };
    std::uint32_t size_ = 0;
    Kind kind_ = Kind::Null;
};

static_assert(sizeof(Value) == 16);

struct Value::Member {
    std::string_view key;
    Value value;
    friend bool operator==(const Member&, const Member&) = default;
};

inline Value::Value(Object members) noexcept
    : members_(members.data()), size_(count(members.size())), kind_(Kind::Object) {}
inline std::optional<bool> Value::boolean() const noexcept {
    return is_boolean() ? std::optional(boolean_) : std::nullopt;
}
inline std::optional<std::string_view> Value::text() const noexcept {
    return is_text() ? std::optional(std::string_view(chars_, size_)) : std::nullopt;
}
inline std::optional<std::string_view> Value::number() const noexcept {
    return is_number() ? std::optional(std::string_view(chars_, size_)) : std::nullopt;
}
inline Value::Array Value::items() const noexcept { return is_array() ? Array(items_, size_) : Array(); }
inline Value::Object Value::members() const noexcept { return is_object() ? Object(members_, size_) : Object(); }
inline std::optional<Value::Array> Value::array() const noexcept {
    return is_array() ? std::optional(items()) : std::nullopt;
}
inline std::optional<Value::Object> Value::object() const noexcept {
    return is_object() ? std::optional(members()) : std::nullopt;
}

// The object with that member, which takes the place of one of that key: of the last, which find() sees. Of no object,
// an object of this member alone. The key is lent.
Value with_member(const Value& object, std::string_view key, const Value& value, Arena& arena);

// The members of the object for which `keep` is true, in their order.
template <class Keep>
Value filtered(const Value& object, Arena& arena, Keep keep) {
    GrowingList<Value::Member> kept(arena);
    kept.reserve(object.members().size());
    for (const Value::Member& member : object.members())
        if (keep(member)) kept.push_back(member);
    return Value(kept.span());
}

// The object with what `make` gives for each of its members in the place of the member's value. Nothing is copied where
// that is the same view. Any other value comes back as it is.
template <class Make>
Value with_values(const Value& object, Arena& arena, Make make) {
    const Value::Object members = object.members();
    std::span<Value::Member> copies;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const Value value = make(members[i]);
        if (value.is_same_view(members[i].value)) continue;
        if (copies.empty()) {
            copies = arena.room<Value::Member>(members.size());
            std::ranges::copy(members, copies.begin());
        }
        copies[i].value = value;
    }
    return copies.empty() ? object : Value(Value::Object(copies));
}

// The same document with all of its texts in the arena.
Value copied(const Value& value, Arena& arena);

// A document with the memory that it needs, for what outlives a request. Copies share both.
class Document {
public:
    Document() = default;  // null
    explicit Document(const Value& value);

    const Value& operator*() const noexcept { return root_; }
    const Value* operator->() const noexcept { return &root_; }
    friend bool operator==(const Document& a, const Document& b) noexcept { return *a == *b; }

private:
    Document(const Value& value, std::shared_ptr<Arena> arena);

    std::shared_ptr<const Arena> arena_;
    Value root_;
};

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

// Parses one JSON document (RFC 8259, UTF-8). Every text gives a value, whose texts are in the arena, or a ParseError
// with the offset of the first problem; ParseErrc lists the problems. Throws std::bad_alloc only.
std::variant<Value, ParseError> parse_json(std::string_view text, Arena& arena, ParseLimits limits = {});

// The value as JSON, compact unless the caller asks for indents. Each byte that is not UTF-8 becomes U+FFFD. Pure;
// throws std::bad_alloc only.
std::string to_json(const Value& value, JsonWriter::Layout layout = JsonWriter::Layout::Compact);

}  // namespace pinrelay::model
