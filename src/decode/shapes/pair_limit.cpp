#include "pair_limit.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "decode/event/aliases.hpp"
#include "decode/event/event_name.hpp"
#include "decode/google_tag/wire_keys.hpp"
#include "decode/text/snake_case.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/decode/warnings.hpp"

namespace pinrelay::decode {
namespace {

constexpr std::array<std::string_view, 2> parameter_prefixes = {"ep.", "epn."};

bool has_meaning(std::string_view flattened) {
    return find_meaning(flattened) != nullptr || find_meaning(in_snake_case(flattened)) != nullptr;
}

bool is_item_number(std::string_view key) noexcept {
    return key.size() > 2 && key.starts_with("pr") && ascii::all_digits(key.substr(2));
}

}  // namespace

bool is_key_with_meaning(std::string_view key) {
    if (is_name_key(key) || has_meaning(key.substr(0, key.find('.')))) return true;
    std::string flattened(key);
    std::ranges::transform(flattened, flattened.begin(), flattened_character);
    return has_meaning(flattened);
}

bool is_wire_key_with_meaning(std::string_view key) {
    for (const std::string_view prefix : parameter_prefixes)
        if (key.starts_with(prefix)) return is_key_with_meaning(key.substr(prefix.size()));
    const auto is_named = [key](const WireKey& row) { return row.code == key; };
    return key == "em" || is_item_number(key) || std::ranges::any_of(wire_keys, is_named) || is_key_with_meaning(key);
}

Member with_warning_of_pairs(Member member, std::size_t left_out) {
    auto* event = std::get_if<model::Event>(&member);
    if (event == nullptr || left_out == 0) return member;
    event->warnings.push_back({warnings::parameters_left_out, "",
                               std::to_string(left_out) + " parameters are left out: one event has too many"});
    return member;
}

}  // namespace pinrelay::decode
