#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pinrelay {

// Writes one JSON document, piece by piece, and puts the commas, colons and line ends between the pieces. The caller
// keeps the order that JSON asks for: a key before each value in an object, an end for each begin. Texts come out as
// JSON whatever their bytes are: see append_json_text.
class JsonWriter {
public:
    enum class Layout {
        Compact,   // {"a":1,"b":[]}
        Indented,  // a line for each value, two spaces for each level; an empty container stays on its line
    };

    explicit JsonWriter(Layout layout = Layout::Compact) : layout_(layout) {}

    void begin_object() { begin('{'); }
    void end_object() { end('}'); }
    void begin_array() { begin('['); }
    void end_array() { end(']'); }

    void key(std::string_view name);
    void text(std::string_view value);
    void raw(std::string_view json);  // a number, true, false, null or a finished document

    void member(std::string_view name, std::string_view value) {
        key(name);
        text(value);
    }

    // The document so far; the writer is empty afterwards.
    std::string take();

private:
    void begin(char bracket);
    void end(char bracket);
    void separate();
    void break_line();

    Layout layout_;
    std::string out_;
    std::size_t depth_ = 0;
    bool is_empty_ = true;    // the innermost open container, or the document
    bool after_key_ = false;  // the next piece is the value of a key
};

}  // namespace pinrelay
