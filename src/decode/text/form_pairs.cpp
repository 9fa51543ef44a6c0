#include "form_pairs.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"
#include "pinrelay/core/utf8.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::decode {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

std::string_view with_valid_utf8(std::string_view text, model::Arena& arena) {
    if (ascii::all_ascii(text)) return text;
    std::string valid;
    valid.reserve(text.size());
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t length = utf8_length(rest);
        valid += length == 0 ? replacement : rest.substr(0, length);
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return arena.copy(valid);
}

}  // namespace

std::string_view decode_component(std::string_view component, model::Arena& arena) {
    const bool is_encoded = component.find_first_of("%+") != std::string_view::npos;
    return with_valid_utf8(is_encoded ? arena.copy(http::percent_decode(component)) : component, arena);
}

SplitPairs split_pairs(std::string_view text, bool (*has_meaning)(std::string_view key), model::Arena& arena) {
    model::GrowingList<Pair> pairs(arena);
    std::size_t left_out = 0;
    for (const UrlPair& pair : UrlPairs(text)) {
        if (pair.name.empty()) continue;
        const std::size_t count = pairs.size();
        const std::string_view key = decode_component(pair.name, arena);
        if (count >= most_pairs + most_pairs_with_meaning || (count >= most_pairs && !has_meaning(key))) {
            ++left_out;
            continue;
        }
        pairs.push_back({key, decode_component(pair.value.value_or(""), arena)});
    }
    return {pairs.span(), left_out};
}

Pairs overlay(Pairs shared, Pairs own, model::Arena& arena) {
    if (shared.empty()) return own;
    if (own.empty()) return shared;
    std::unordered_set<std::string_view> spoken_of;
    for (const Pair& pair : own) spoken_of.insert(pair.key);
    model::GrowingList<Pair> all(arena);
    all.reserve(shared.size() + own.size());
    for (const Pair& pair : shared)
        if (!spoken_of.contains(pair.key)) all.push_back(pair);
    for (const Pair& pair : own) all.push_back(pair);
    return all.span();
}

std::optional<std::string_view> find_value(Pairs pairs, std::string_view key) noexcept {
    const auto found = std::find_if(pairs.rbegin(), pairs.rend(), [key](const Pair& pair) { return pair.key == key; });
    return found == pairs.rend() ? std::nullopt : std::optional(found->value);
}

}  // namespace pinrelay::decode
