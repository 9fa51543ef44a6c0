#include "suggestion.hpp"

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/nearest_name.hpp"

namespace pinrelay::config {

namespace {

// In a short name two slips make another word: "hosts" is no misspelt "bots".
constexpr std::size_t shortest_with_two_slips = 6;

// "access_token" and "token".
bool ends_with_word(std::string_view name, std::string_view word) {
    return name.size() > word.size() + 1 && !word.empty() && ascii::ends_with_ignoring_case(name, word) &&
           name[name.size() - word.size() - 1] == '_';
}

// "ad_account_id" and "ad_account".
bool begins_with_word(std::string_view name, std::string_view word) {
    return name.size() > word.size() + 1 && !word.empty() && ascii::starts_with_ignoring_case(name, word) &&
           name[word.size()] == '_';
}

}  // namespace

std::optional<std::string_view> meant_name(std::string_view name, std::span<const std::string_view> known) {
    const auto nearest = nearest_name(name, known);
    if (nearest && (name.size() >= shortest_with_two_slips || slips_between(name, *nearest) <= 1)) return nearest;
    std::optional<std::string_view> meant;
    for (const auto one : known) {
        if (!ends_with_word(name, one) && !ends_with_word(one, name) && !begins_with_word(one, name)) continue;
        if (meant) return std::nullopt;
        meant = one;
    }
    return meant;
}

std::string suggestion(std::string_view name, std::span<const std::string_view> known) {
    const auto nearest = meant_name(name, known);
    return nearest ? "; is \"" + std::string(*nearest) + "\" meant?" : std::string();
}

std::string unknown_name(std::string_view name, std::span<const std::string_view> known) {
    return "is not known" + suggestion(name, known);
}

}  // namespace pinrelay::config
