#include "pinrelay/model/value.hpp"
#include "utf8.hpp"

namespace pinrelay::model {

namespace {

constexpr unsigned char first_printable = 0x20;
constexpr unsigned char first_beyond_ascii = 0x80;
constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

// What stands behind a backslash for bytes that have a short escape; '\0' for the others.
constexpr char short_escape(char c) noexcept {
    switch (c) {
        case '"': return '"';
        case '\\': return '\\';
        case '\b': return 'b';
        case '\f': return 'f';
        case '\n': return 'n';
        case '\r': return 'r';
        case '\t': return 't';
        default: return '\0';
    }
}

void append_escaped(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    if (const char escape = short_escape(c)) {
        out += '\\';
        out += escape;
        return;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += hex[byte >> 4];
    out += hex[byte & 0x0F];
}

bool is_plain(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= first_printable && byte < first_beyond_ascii && c != '"' && c != '\\';
}

void append_text(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && is_plain(text[plain])) ++plain;
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;

        if (static_cast<unsigned char>(text.front()) < first_beyond_ascii) {
            append_escaped(out, text.front());
            text.remove_prefix(1);
            continue;
        }
        const std::size_t length = utf8_length(text);
        out += length == 0 ? replacement_character : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    out += '"';
}

// Writes a value depth first with a stack of its own, so that no document can exhaust the thread's.
class Writer {
public:
    std::string write(const Value& root) {
        begin(root);
        while (!open_.empty()) step();
        return std::move(out_);
    }

private:
    struct Open {
        const Value* container;
        std::size_t next = 0;
    };

    void begin(const Value& value) {
        if (const auto* text = value.text()) return append_text(out_, *text);
        if (const auto* number = value.number()) return void(out_ += number->text);
        if (const auto* boolean = value.boolean()) return void(out_ += *boolean ? "true" : "false");
        if (value.is_null()) return void(out_ += "null");
        out_ += value.array() != nullptr ? '[' : '{';
        open_.push_back(Open{&value});
    }

    void step() {
        Open& top = open_.back();
        const auto* items = top.container->array();
        const auto* members = top.container->object();
        const std::size_t size = items != nullptr ? items->size() : members->size();
        if (top.next == size) {
            out_ += items != nullptr ? ']' : '}';
            open_.pop_back();
            return;
        }
        if (top.next > 0) out_ += ',';
        const std::size_t at = top.next++;
        if (items != nullptr) return begin((*items)[at]);
        append_text(out_, (*members)[at].key);
        out_ += ':';
        begin((*members)[at].value);
    }

    std::string out_;
    std::vector<Open> open_;
};

}  // namespace

std::string to_json(const Value& value) { return Writer().write(value); }

}  // namespace pinrelay::model
