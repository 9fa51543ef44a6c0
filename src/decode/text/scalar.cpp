#include "scalar.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::decode {
namespace {

constexpr std::string_view white_space = " \t\r\n\v\f";

struct TruthWord {
    std::string_view word;
    bool truth;
};
constexpr std::array truth_words = {TruthWord{"true", true},    TruthWord{"1", true},      TruthWord{"yes", true},
                                    TruthWord{"granted", true}, TruthWord{"false", false}, TruthWord{"0", false},
                                    TruthWord{"no", false},     TruthWord{"denied", false}};

constexpr char lower_case(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(white_space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) noexcept {
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                      [](char a, char b) { return lower_case(a) == b; });
}

bool is_present(const model::Value& value) noexcept {
    if (const std::string* text = value.text()) return !identity::is_absent(*text);
    return value.number() != nullptr || value.boolean() != nullptr;
}

std::optional<std::string> present_text(const model::Value& value) {
    if (!is_present(value)) return std::nullopt;
    return value.scalar_text();
}

std::optional<bool> truth(const model::Value& value) {
    const std::optional<std::string> text = value.scalar_text();
    if (!text) return std::nullopt;
    const std::string_view word = trimmed(*text);
    const auto found = std::find_if(truth_words.begin(), truth_words.end(),
                                    [word](const TruthWord& row) { return equals_ignoring_case(word, row.word); });
    if (found == truth_words.end()) return std::nullopt;
    return found->truth;
}

}  // namespace pinrelay::decode
