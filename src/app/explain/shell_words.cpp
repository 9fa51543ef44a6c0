#include "shell_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::app {
namespace {

struct Escape {
    char letter;
    char meant;
};
constexpr std::array escapes = {Escape{'n', '\n'}, Escape{'r', '\r'}, Escape{'t', '\t'},
                                Escape{'b', '\b'}, Escape{'f', '\f'}, Escape{'0', '\0'}};

// A character of the basic plane as UTF-8; '?' for half of one beyond it.
std::string utf8_text(std::uint32_t code) {
    const auto continued = [](std::uint32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
    if (code < 0x80) return {static_cast<char>(code)};
    if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), continued(code)};
    if (code >= 0xD800 && code < 0xE000) return "?";
    return {static_cast<char>(0xE0 | code >> 12), continued(code >> 6), continued(code)};
}

// Reads one command from its front to its end.
class Shell {
public:
    explicit Shell(std::string_view command) : rest_(command) {}

    std::optional<std::vector<std::string>> words() {
        while (!rest_.empty()) {
            const char c = take();
            if (c == '\\' && !rest_.empty())
                escaped();
            else if (c == '\'' || c == '"')
                is_closed_ = is_closed_ && quoted(c);
            else if (c == '$' && rest_.starts_with('\''))
                is_closed_ = is_closed_ && quoted_with_escapes();
            else if (ascii::blanks_and_line_ends.find(c) != std::string_view::npos)
                end_word();
            else
                add(c);
        }
        end_word();
        return is_closed_ ? std::optional(std::move(words_)) : std::nullopt;
    }

private:
    char take() {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    void add(char c) {
        word_ += c;
        in_word_ = true;
    }

    void end_word() {
        if (in_word_) words_.push_back(std::move(word_));
        word_.clear();
        in_word_ = false;
    }

    // A line end behind a backslash continues the line.
    void escaped() {
        if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
        const char c = take();
        if (c != '\n') add(c);
    }

    bool quoted(char quote) {
        in_word_ = true;
        while (!rest_.empty()) {
            const char c = take();
            if (c == quote) return true;
            const bool is_escape = quote == '"' && c == '\\' && !rest_.empty() &&
                                   std::string_view("\"\\$`\n").find(rest_.front()) != std::string_view::npos;
            if (is_escape)
                escaped();
            else
                add(c);
        }
        return false;
    }

    bool quoted_with_escapes() {
        take();
        in_word_ = true;
        while (!rest_.empty()) {
            const char c = take();
            if (c == '\'') return true;
            if (c != '\\' || rest_.empty())
                add(c);
            else
                add_escape(take());
        }
        return false;
    }

    void add_escape(char letter) {
        const auto* const row = std::ranges::find(escapes, letter, &Escape::letter);
        if (row != escapes.end()) return add(row->meant);
        if (letter == 'u') return add_code(4);
        if (letter == 'x') return add_code(2);
        add(letter);
    }

    void add_code(std::size_t digits) {
        std::uint32_t code = 0;
        const std::string_view text = rest_.substr(0, digits);
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), code, 16);
        if (error != std::errc{}) return add('?');
        rest_.remove_prefix(static_cast<std::size_t>(stop - text.data()));
        for (const char c : utf8_text(code)) add(c);
    }

    std::string_view rest_;
    std::vector<std::string> words_;
    std::string word_;
    bool in_word_ = false;
    bool is_closed_ = true;
};

}  // namespace

std::optional<std::vector<std::string>> shell_words(std::string_view command) { return Shell(command).words(); }

}  // namespace pinrelay::app
