#include "value_count.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace pinrelay::decode {
namespace {

// A pair of the query that is looked at for an event takes a tenth of what a value takes.
constexpr std::size_t looks_for_one_value = 10;

// How many values may begin behind a text's separators and brackets.
struct Marks {
    std::size_t separators = 0;
    std::size_t openers = 0;
};

constexpr std::string_view separators = ",&;";
constexpr std::string_view openers = "[{";
constexpr unsigned half = 32;  // bits: both counts are made in one pass, in one number

constexpr auto weights = [] {
    std::array<std::uint64_t, 256> table{};
    for (const char c : separators) table[static_cast<unsigned char>(c)] = 1;
    for (const char c : openers) table[static_cast<unsigned char>(c)] = std::uint64_t{1} << half;
    return table;
}();

// Of a text below 4 GiB.
Marks marks_in(std::string_view text) noexcept {
    std::uint64_t sum = 0;
    for (const char c : text) sum += weights[static_cast<unsigned char>(c)];
    return {static_cast<std::size_t>(sum & 0xFFFFFFFFU), static_cast<std::size_t>(sum >> half)};
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

std::size_t values_at_most(std::string_view text) noexcept {
    const Marks marks = marks_in(text);
    return marks.separators + marks.openers + 1;
}

std::optional<Rejection> too_many_values(const http::Request& request, const DecodeLimits& limits) {
    const auto [separated, opened] = marks_in(request.body);
    const std::size_t values = opened + separated + 1;
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
