#include "form_pairs.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"
#include "pinrelay/core/utf8.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::decode {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

std::string with_valid_utf8(std::string text) {
    if (ascii::all_ascii(text)) return text;
    std::string valid;
    valid.reserve(text.size());
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t length = utf8_length(rest);
        valid += length == 0 ? replacement : rest.substr(0, length);
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return valid;
}

}  // namespace

std::string_view decode_component(std::string_view component, model::Arena& arena) {
    const auto is_itself = [](char c) { return ascii::is_ascii(c) && c != '%' && c != '+'; };
    if (std::ranges::all_of(component, is_itself)) return component;
    return arena.copy(with_valid_utf8(http::percent_decode(component)));
}

SplitPairs split_pairs(std::string_view text, model::Arena& arena, bool (*has_meaning)(std::string_view key)) {
    SplitPairs split;
    for (const UrlPair& pair : UrlPairs(text)) {
        if (pair.name.empty()) continue;
        const std::size_t count = split.pairs.size();
        const std::string_view key = decode_component(pair.name, arena);
        if (count >= most_pairs + most_pairs_with_meaning || (count >= most_pairs && !has_meaning(key))) {
            ++split.left_out;
            continue;
        }
        split.pairs.push_back({key, decode_component(pair.value.value_or(""), arena)});
    }
    return split;
}

Pairs overlay(const Pairs& shared, const Pairs& own) {
    std::unordered_set<std::string_view> spoken_of;
    for (const Pair& pair : own) spoken_of.insert(pair.key);
    Pairs all;
    all.reserve(shared.size() + own.size());
    std::ranges::copy_if(shared, std::back_inserter(all),
                         [&spoken_of](const Pair& pair) { return !spoken_of.contains(pair.key); });
    std::ranges::copy(own, std::back_inserter(all));
    return all;
}

std::optional<std::string_view> find_value(const Pairs& pairs, std::string_view key) noexcept {
    const auto found = std::find_if(pairs.rbegin(), pairs.rend(), [key](const Pair& pair) { return pair.key == key; });
    return found == pairs.rend() ? std::nullopt : std::optional(found->value);
}

}  // namespace pinrelay::decode
