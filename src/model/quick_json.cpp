#include "quick_json.hpp"

#include <simdjson.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::model {
namespace {

namespace ondemand = simdjson::ondemand;

// The members and items of the containers that are open, the innermost last. Used again by the next document.
struct Stacks {
    std::vector<Value::Member> members;
    std::vector<Value> items;
};

// Builds a Value in an arena. Recurses as deep as the limits let a document be.
class QuickBuilder {
public:
    QuickBuilder(ParseLimits limits, Stacks& stacks, Arena& arena) : limits_(limits), stacks_(stacks), arena_(arena) {
        stacks_.members.clear();
        stacks_.items.clear();
    }
    QuickBuilder(const QuickBuilder&) = delete;
    QuickBuilder& operator=(const QuickBuilder&) = delete;

    // The parser writes all texts one behind the other into a buffer of its own, which is used again, and copies a few
    // bytes more than a text has: as many as the buffer has room for behind it.
    ~QuickBuilder() {
        if (first_ == nullptr) return;
        const auto size = static_cast<std::size_t>(end_ - first_) + simdjson::SIMDJSON_PADDING;
        ::explicit_bzero(const_cast<char*>(first_), size);
    }

    bool build(ondemand::value in, Value& out) {
        ondemand::json_type type{};
        if (++values_ > limits_.values || in.type().get(type) != simdjson::SUCCESS) return false;
        switch (type) {
            case ondemand::json_type::object: return object(in, out);
            case ondemand::json_type::array: return array(in, out);
            case ondemand::json_type::string: return text(in, out);
            case ondemand::json_type::number: return number(in, out);
            case ondemand::json_type::boolean: return boolean(in, out);
            case ondemand::json_type::null: return null(in);
        }
        return false;
    }

private:
    bool object(ondemand::value& in, Value& out) {
        ondemand::object members;
        if (open_ == limits_.depth || in.get_object().get(members) != simdjson::SUCCESS) return false;
        ++open_;
        const std::size_t first = stacks_.members.size();
        for (auto each : members) {
            ondemand::field field;
            std::string_view key;
            if (std::move(each).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS)
                return false;
            const std::string_view kept = keep(key);
            Value value;
            if (!build(field.value(), value)) return false;
            stacks_.members.push_back({kept, value});
        }
        --open_;
        out = Value(closed(stacks_.members, first));
        return true;
    }

    bool array(ondemand::value& in, Value& out) {
        ondemand::array items;
        if (open_ == limits_.depth || in.get_array().get(items) != simdjson::SUCCESS) return false;
        ++open_;
        const std::size_t first = stacks_.items.size();
        for (auto each : items) {
            ondemand::value item;
            Value value;
            // NOLINTNEXTLINE(performance-move-const-arg): get() wants a result that ends
            if (std::move(each).get(item) != simdjson::SUCCESS || !build(item, value)) return false;
            stacks_.items.push_back(value);
        }
        --open_;
        out = Value(closed(stacks_.items, first));
        return true;
    }

    // What the innermost container holds, in the arena.
    template <class T>
    std::span<const T> closed(std::vector<T>& stack, std::size_t first) {
        const auto kept = arena_.copy(std::span<const T>(stack).subspan(first));
        stack.resize(first);
        return kept;
    }

    bool text(ondemand::value& in, Value& out) {
        std::string_view text;
        if (in.get_string().get(text) != simdjson::SUCCESS) return false;
        out = Value(keep(text));
        return true;
    }

    // Money never goes through a binary float: the double is only read to see that the digits are a number of its
    // range.
    bool number(ondemand::value& in, Value& out) {
        const std::string_view digits = ascii::trimmed(in.raw_json_token(), ascii::blanks_and_line_ends);
        double number = 0;
        if (in.get_double().get(number) != simdjson::SUCCESS) return false;
        out = Value(Value::Number{digits == "-0" ? "0" : arena_.copy(digits)});
        return true;
    }

    static bool boolean(ondemand::value& in, Value& out) {
        bool is_true = false;
        if (in.get_bool().get(is_true) != simdjson::SUCCESS) return false;
        out = Value(is_true);
        return true;
    }

    static bool null(ondemand::value& in) {
        bool is_null = false;
        return in.is_null().get(is_null) == simdjson::SUCCESS && is_null;
    }

    // A copy of what the parser has unescaped in its buffer.
    std::string_view keep(std::string_view unescaped) {
        if (first_ == nullptr) first_ = unescaped.data();
        end_ = unescaped.data() + unescaped.size();
        return arena_.copy(unescaped);
    }

    ParseLimits limits_;
    Stacks& stacks_;
    Arena& arena_;
    std::size_t open_ = 0;
    std::size_t values_ = 0;
    const char* first_ = nullptr;  // what the parser has unescaped so far
    const char* end_ = nullptr;
};

// A copy with room behind it, since the parser reads a little past the end. Overwritten at the end: it holds what a
// person may have written.
class Padded {
public:
    explicit Padded(std::string_view text) {
        text_.reserve(text.size() + simdjson::SIMDJSON_PADDING);
        text_.assign(text);
    }
    ~Padded() {
        if (!text_.empty()) ::explicit_bzero(text_.data(), text_.size());
    }
    Padded(const Padded&) = delete;
    Padded& operator=(const Padded&) = delete;

    simdjson::padded_string_view view() const {
        return simdjson::padded_string_view(text_.data(), text_.size(), text_.capacity());
    }

private:
    std::string text_;
};

// The buffers of a parser cost more to make than a usual event to parse. Those for long texts are not kept.
constexpr std::size_t longest_kept = std::size_t{64} * 1024;

struct Parser {
    ondemand::parser parser;
    Stacks stacks;
};

std::optional<Value> read(Parser& with, std::string_view text, Arena& arena, ParseLimits limits) {
    const Padded padded(text);
    ondemand::document document;
    ondemand::value root;
    if (with.parser.iterate(padded.view()).get(document) != simdjson::SUCCESS) return std::nullopt;
    if (document.get_value().get(root) != simdjson::SUCCESS) return std::nullopt;
    Value value;
    if (!QuickBuilder(limits, with.stacks, arena).build(root, value)) return std::nullopt;
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return std::nullopt;  // more stands behind it
    return value;
}

}  // namespace

std::optional<Value> quick_json(std::string_view text, Arena& arena, ParseLimits limits) {
    if (text.size() > longest_kept) {
        Parser parser;
        return read(parser, text, arena, limits);
    }
    thread_local Parser parser;
    return read(parser, text, arena, limits);
}

}  // namespace pinrelay::model
