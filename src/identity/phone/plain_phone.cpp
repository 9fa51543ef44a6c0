#include "plain_phone.hpp"

#include <array>

#include "numbering_plans.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::identity {
namespace {

constexpr std::size_t most_national_digits = 17;  // the library's own limit of a national number
constexpr ascii::Set between(" -./()");           // what people write between digits

class Digits {
public:
    bool add(char c) noexcept {
        if (count_ == digits_.size()) return false;
        digits_[count_++] = c;
        return true;
    }
    std::string_view text() const noexcept { return {digits_.data(), count_}; }

private:
    std::array<char, most_national_digits> digits_{};
    std::size_t count_ = 0;
};

// Nothing where there is anything else in the text, or too much of it.
std::optional<Digits> digits_of(std::string_view text) {
    Digits digits;
    for (const char c : text) {
        if (ascii::is_digit(c)) {
            if (!digits.add(c)) return std::nullopt;
        } else if (!between.contains(c)) {
            return std::nullopt;
        }
    }
    if (digits.text().empty()) return std::nullopt;
    return digits;
}

// The number of the plan, unless its length or digits leave a doubt.
std::optional<std::string> number_of(const NumberingPlan& plan, std::string_view national) {
    if (!plan.allows_length(national.size())) return std::nullopt;
    if (national.find_first_not_of(national.front()) == std::string_view::npos) return std::nullopt;
    return ('+' + plan.code()).append(national);
}

std::optional<std::string> international(std::string_view digits) {
    const NumberingPlan* const plan = plan_of_international(digits);
    if (plan == nullptr || digits.size() <= plan->code().size()) return std::nullopt;
    const std::string_view national = digits.substr(plan->code().size());
    if (plan->begins_with_trunk(national)) return std::nullopt;
    return number_of(*plan, national);
}

std::optional<std::string> in_country(const NumberingPlan& home, std::string_view digits) {
    if (digits.starts_with(home.code())) {
        // The country's own code: no doubt where the digits are too many for a number without it.
        if (!home.is_too_long(digits.size()) || home.begins_with_trunk(digits.substr(home.code().size())))
            return std::nullopt;
        return international(digits);
    }
    if (home.begins_abroad(digits)) return std::nullopt;
    std::string_view national = digits;
    if (home.begins_with_trunk(digits)) {
        if (home.plain_trunk().empty()) return std::nullopt;
        national.remove_prefix(home.plain_trunk().size());
    }
    if (national.empty() || !home.allows_length(national.size())) return std::nullopt;
    // Some countries share a code, and its main one says which lengths there are.
    const NumberingPlan* const main = plan_of_international(home.code());
    return main == nullptr ? std::nullopt : number_of(*main, national);
}

}  // namespace

std::optional<std::string> plain_phone(std::string_view text, std::string_view region) {
    if (text.empty()) return std::nullopt;
    const bool has_plus = text.front() == '+';
    const auto digits = digits_of(text.substr(has_plus ? 1 : 0));
    if (!digits) return std::nullopt;
    if (has_plus) return international(digits->text());
    if (digits->text().starts_with("00")) return std::nullopt;  // may stand for the '+', everywhere
    const NumberingPlan* const home = plan_of_region(region);
    return home == nullptr ? std::nullopt : in_country(*home, digits->text());
}

}  // namespace pinrelay::identity
