#include "strict_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pinrelay::model {

namespace {

using nlohmann::json;

constexpr int number_out_of_range = 406;  // nlohmann's id of the error

// nlohmann's message without its place and without what it says of the text: "invalid string: ill-formed UTF-8 byte".
std::string reason_of(const json::exception& error) {
    std::string_view message = error.what();
    constexpr std::string_view before = " - ";
    if (const auto at = message.find(before); at != std::string_view::npos) message.remove_prefix(at + before.size());
    return std::string(message.substr(0, message.find("; last read")));
}

// Builds a Value from nlohmann's events. The parser underneath keeps its own stack, so nothing here recurses.
class Builder final : public nlohmann::json_sax<json> {
public:
    Builder(ParseLimits limits, Arena& arena) : limits_(limits), arena_(arena) {}

    bool null() override { return counted() && scalar(Value()); }
    bool boolean(bool b) override { return counted() && scalar(Value(b)); }
    bool number_integer(number_integer_t n) override { return number(std::to_string(n)); }
    bool number_unsigned(number_unsigned_t n) override { return number(std::to_string(n)); }
    bool number_float(number_float_t, const string_t& digits) override { return number(digits); }
    bool string(string_t& text) override { return counted() && scalar(Value(arena_.copy(text))); }
    bool binary(binary_t&) override { return false; }  // JSON has none

    bool start_object(std::size_t) override { return counted() && open(); }
    bool start_array(std::size_t) override { return counted() && open(); }
    bool key(string_t& name) override {
        open_.back().members.push_back({arena_.copy(name), Value()});
        return true;
    }
    bool end_object() override { return close(Value(arena_.copy(Value::Object(open_.back().members)))); }
    bool end_array() override { return close(Value(arena_.copy(Value::Array(open_.back().items)))); }

    bool parse_error(std::size_t position, const std::string& token, const json::exception& error) override {
        // `position` counts the bytes read. A number out of range was read whole, and is named by its first byte.
        const bool is_number = error.id == number_out_of_range;
        error_.code = is_number ? ParseErrc::Number : ParseErrc::Syntax;
        error_.offset = position - std::min(position, is_number ? token.size() : 1);
        error_.reason = is_number ? "number out of range" : reason_of(error);
        return false;
    }

    bool too_deep() const noexcept { return too_deep_; }
    bool too_many() const noexcept { return too_many_; }
    const Value& value() const noexcept { return root_; }
    ParseError take_error() { return std::move(error_); }

private:
    // An array or object whose end has not come. Of an object the last member waits for its value.
    struct Open {
        std::vector<Value> items;
        std::vector<Value::Member> members;
    };

    // Puts the value where the document now stands.
    void add(const Value& value) {
        if (open_.empty())
            root_ = value;
        else if (open_.back().members.empty())
            open_.back().items.push_back(value);
        else
            open_.back().members.back().value = value;
    }
    // Whether there is room for one more value.
    bool counted() noexcept {
        too_many_ = values_ >= limits_.values;
        ++values_;
        return !too_many_;
    }
    bool scalar(const Value& value) {
        add(value);
        return true;
    }
    bool number(const std::string& digits) { return counted() && scalar(Value(Value::Number{arena_.copy(digits)})); }
    bool open() {
        too_deep_ = open_.size() >= limits_.depth;
        if (too_deep_) return false;
        open_.emplace_back();
        return true;
    }
    bool close(const Value& container) {
        open_.pop_back();
        return scalar(container);
    }

    ParseLimits limits_;
    Arena& arena_;
    Value root_;
    std::vector<Open> open_;
    ParseError error_;
    std::size_t values_ = 0;
    bool too_deep_ = false;
    bool too_many_ = false;
};

// nlohmann tells its handler no offsets, so the rare document that is too deep is walked once more, up to the bracket
// that the parser stopped at. All before it is well-formed.
std::size_t offset_of_depth(std::string_view text, std::size_t depth) noexcept {
    std::size_t open = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string && c == '\\') {
            ++i;
        } else if (c == '"') {
            in_string = !in_string;
        } else if (!in_string && (c == '[' || c == '{')) {
            if (++open > depth) return i;
        } else if (!in_string && (c == ']' || c == '}')) {
            --open;
        }
    }
    return text.size();
}

}  // namespace

std::variant<Value, ParseError> strict_json(std::string_view text, Arena& arena, ParseLimits limits) {
    Builder builder(limits, arena);
    if (json::sax_parse(text.begin(), text.end(), &builder)) {
        // nlohmann takes a NUL byte for the end and would ignore what follows.
        const std::size_t nul = text.find('\0');
        if (nul != std::string_view::npos) return ParseError{ParseErrc::Syntax, nul, "NUL byte"};
        return builder.value();
    }
    if (builder.too_deep())
        return ParseError{ParseErrc::TooDeep, offset_of_depth(text, limits.depth), "nested too deeply"};
    if (builder.too_many()) return ParseError{ParseErrc::TooMany, 0, "too many values"};
    ParseError error = builder.take_error();
    error.offset = std::min(error.offset, text.size());
    return error;
}

}  // namespace pinrelay::model
