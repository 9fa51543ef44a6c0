#include "prepare.hpp"

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

}  // namespace pinrelay::decode
