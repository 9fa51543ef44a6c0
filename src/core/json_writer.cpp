#include "pinrelay/core/json_writer.hpp"

#include <utility>

#include "pinrelay/core/json_text.hpp"

namespace pinrelay {

void JsonWriter::key(std::string_view name) {
    separate();
    append_json_text(out_, name);
    out_ += layout_ == Layout::Compact ? ":" : ": ";
    after_key_ = true;
}

void JsonWriter::text(std::string_view value) {
    separate();
    append_json_text(out_, value);
}

void JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
}

std::string JsonWriter::take() {
    is_empty_ = true;
    return std::exchange(out_, {});
}

void JsonWriter::begin(char bracket) {
    separate();
    out_ += bracket;
    ++depth_;
    is_empty_ = true;
}

void JsonWriter::end(char bracket) {
    --depth_;
    if (!is_empty_) break_line();
    out_ += bracket;
    is_empty_ = false;
}

void JsonWriter::separate() {
    if (std::exchange(after_key_, false)) return;
    if (!std::exchange(is_empty_, false)) out_ += ',';
    if (depth_ > 0) break_line();
}

void JsonWriter::break_line() {
    if (layout_ == Layout::Compact) return;
    out_ += '\n';
    out_.append(2 * depth_, ' ');
}

}  // namespace pinrelay
