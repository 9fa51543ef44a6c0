#include "event_name.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::decode {
namespace {

constexpr std::array<std::string_view, 4> name_keys = {"event_name", "eventName", "event", "e_n"};

}  // namespace

NameMember find_name(const model::Value& event) {
    for (const std::string_view key : name_keys) {
        const model::Value* value = event.find(key);
        if (value == nullptr || value->is_null()) continue;
        if (value->is_text() && identity::is_absent(*value->text())) continue;
        return {key, value};
    }
    return {};
}

bool is_name_key(std::string_view key) noexcept { return std::ranges::find(name_keys, key) != name_keys.end(); }

std::optional<std::string> name_in_query(const http::Request& request) {
    if (request.query.empty()) return std::nullopt;
    for (const std::string_view key : name_keys) {
        std::optional<std::string> name = request.query_value(key);
        if (!name || identity::is_absent(*name)) continue;
        return name->find('%') == std::string::npos ? name : http::percent_decode(*name);
    }
    return std::nullopt;
}

}  // namespace pinrelay::decode
