#include "prepare.hpp"

#include <algorithm>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view strip(std::string_view body) noexcept {
    body = ascii::trimmed(body);
    if (body.starts_with(byte_order_mark)) body = ascii::trimmed(body.substr(byte_order_mark.size()));
    return body;
}

}  // namespace

Input prepare(const http::Request& request) {
    Input input{request, strip(request.body), std::nullopt, std::nullopt};
    if (!input.body.starts_with('{') && !input.body.starts_with('[')) return input;
    auto parsed = model::parse_json(input.body);
    if (auto* value = std::get_if<model::Value>(&parsed)) {
        input.json = std::move(*value);
    } else {
        input.json_error = std::get<model::ParseError>(std::move(parsed));
    }
    return input;
}

bool exceeds_depth(std::string_view json, std::size_t offset, std::size_t depth) noexcept {
    std::size_t level = 0;
    bool in_text = false;
    const std::size_t end = std::min(json.size(), offset + 1);
    for (std::size_t i = 0; i < end; ++i) {
        const char c = json[i];
        if (in_text && c == '\\') {
            ++i;
        } else if (c == '"') {
            in_text = !in_text;
        } else if (!in_text && (c == '{' || c == '[')) {
            if (++level > depth) return true;
        } else if (!in_text && (c == '}' || c == ']') && level > 0) {
            --level;
        }
    }
    return false;
}

}  // namespace pinrelay::decode
