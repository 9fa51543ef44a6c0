#include "scalar.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::decode {
namespace {

struct TruthWord {
    std::string_view word;
    bool truth;
};
constexpr std::array truth_words = {TruthWord{"true", true},    TruthWord{"1", true},      TruthWord{"yes", true},
                                    TruthWord{"granted", true}, TruthWord{"false", false}, TruthWord{"0", false},
                                    TruthWord{"no", false},     TruthWord{"denied", false}};

}  // namespace

bool is_present(const model::Value& value) noexcept {
    if (const auto text = value.text()) return !identity::is_absent(*text);
    return value.is_number() || value.is_boolean();
}

std::optional<std::string_view> present_text(const model::Value& value) {
    if (!is_present(value)) return std::nullopt;
    return value.scalar_text();
}

std::optional<bool> truth(const model::Value& value) {
    const auto text = value.scalar_text();
    if (!text) return std::nullopt;
    const std::string_view word = ascii::trimmed(*text);
    const auto found = std::ranges::find_if(
        truth_words, [word](const TruthWord& row) { return ascii::equals_ignoring_case(word, row.word); });
    if (found == truth_words.end()) return std::nullopt;
    return found->truth;
}

}  // namespace pinrelay::decode
