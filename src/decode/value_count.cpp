#include "value_count.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace pinrelay::decode {
namespace {

// A pair of the query that is looked at for an event takes a tenth of what a value takes.
constexpr std::size_t looks_for_one_value = 10;

constexpr std::string_view separators = ",&;";
constexpr std::string_view openers = "[{";

constexpr auto as_table(std::string_view marks) noexcept {
    std::array<bool, 256> table{};
    for (const char c : marks) table[static_cast<unsigned char>(c)] = true;
    return table;
}

std::size_t count_marks(std::string_view text, const std::array<bool, 256>& table) noexcept {
    std::size_t count = 0;
    for (const char c : text) count += static_cast<std::size_t>(table[static_cast<unsigned char>(c)]);
    return count;
}

std::size_t separators_in(std::string_view text) noexcept {
    static constexpr auto table = as_table(separators);
    return count_marks(text, table);
}

std::size_t openers_in(std::string_view text) noexcept {
    static constexpr auto table = as_table(openers);
    return count_marks(text, table);
}

std::size_t pairs_in(std::string_view query) noexcept {
    return query.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(query, '&')) + 1;
}

Rejection refusal(std::string_view what, std::size_t most) {
    return {
        RejectCode::TooManyValues, "",
        std::string(what) + "; collect.max_values is " + std::to_string(most) + ", send fewer events in one request"};
}

}  // namespace

std::size_t values_at_most(std::string_view text) noexcept { return separators_in(text) + openers_in(text) + 1; }

std::optional<Rejection> too_many_values(const http::Request& request, const DecodeLimits& limits) {
    const std::size_t opened = openers_in(request.body);
    const std::size_t values = opened + separators_in(request.body) + 1;
    if (values > limits.values)
        return refusal("this request has " + std::to_string(values) + " values and separators", limits.values);
    const std::size_t pairs = pairs_in(request.query);
    if (pairs != 0 && opened / looks_for_one_value > limits.values / pairs)
        return refusal("the query is too long to be read for so many events", limits.values);
    return std::nullopt;
}

std::optional<Rejection> too_many_values(std::size_t lines, std::string_view query, const DecodeLimits& limits) {
    const std::size_t pairs = pairs_in(query);
    if (pairs == 0 || lines <= limits.values / pairs) return std::nullopt;
    return refusal("the query is too long to be repeated for " + std::to_string(lines) + " lines", limits.values);
}

}  // namespace pinrelay::decode
