#include "python_repr.hpp"

#include <nlohmann/json.hpp>

namespace pinrelay::mock {
namespace {

using nlohmann::json;

constexpr std::size_t longest = 4096;

void append(std::string& out, const json& value);

void append_text(std::string& out, std::string_view text) {
    const bool double_quoted = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
    const char quote = double_quoted ? '"' : '\'';
    out += quote;
    for (const char c : text) {
        if (out.size() > longest) break;
        if (c == quote || c == '\\') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
    out += quote;
}

void append_container(std::string& out, const json& value) {
    out += value.is_array() ? '[' : '{';
    bool first = true;
    for (const auto& [key, item] : value.items()) {
        if (out.size() > longest) break;
        if (!first) out += ", ";
        first = false;
        if (value.is_object()) {
            append_text(out, key);
            out += ": ";
        }
        append(out, item);
    }
    out += value.is_array() ? ']' : '}';
}

// Bounded: bodies deeper than 32 are refused before they come here.
void append(std::string& out, const json& value) {
    if (value.is_structured()) return append_container(out, value);
    if (value.is_null()) out += "None";
    if (value.is_boolean()) out += value.get<bool>() ? "True" : "False";
    if (value.is_number()) out += value.dump();
    if (const auto* text = value.get_ptr<const std::string*>()) append_text(out, *text);
}

}  // namespace

std::string python_repr(const json& value) {
    std::string out;
    append(out, value);
    return out;
}

std::string python_quoted(std::string_view text) {
    std::string out;
    append_text(out, text);
    return out;
}

}  // namespace pinrelay::mock
