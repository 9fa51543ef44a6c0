#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// The form of each value. Pure. A reason never repeats the value, since a value may be a token in the wrong place.
namespace pinrelay::config {

// Why the value is wrong. Nothing for a value that is right.
using Check = std::optional<std::string> (*)(std::string_view value);

struct Rule {
    std::span<const std::string_view> choices{};  // of a text, or of each entry of a list
    Check check = nullptr;                        // of a text, or of each entry of a list
    std::uint64_t least = 0;                      // of a number, bytes or milliseconds
    std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    bool is_size = false;      // a number of bytes, which may be written with a unit
    bool needs_entry = false;  // a list must not be empty
};

std::optional<std::string> problem_if_empty(std::string_view value);
std::optional<std::string> problem_of_listen_address(std::string_view value);
std::optional<std::string> problem_of_endpoint(std::string_view value);
std::optional<std::string> problem_of_prefix(std::string_view value);
std::optional<std::string> problem_of_origin_pattern(std::string_view value);
std::optional<std::string> problem_of_allowed_origin(std::string_view value);
std::optional<std::string> problem_of_host_pattern(std::string_view value);
std::optional<std::string> problem_of_cookie_domain(std::string_view value);
std::optional<std::string> problem_of_route_path(std::string_view value);
std::optional<std::string> problem_of_currency(std::string_view value);
std::optional<std::string> problem_of_region(std::string_view value);
std::optional<std::string> problem_of_ad_account_id(std::string_view value);

// Of the token itself; names the usual mistakes: quotes around it, "Bearer" before it, a placeholder.
std::optional<std::string> problem_of_token(std::string_view value);
std::optional<std::string> problem_of_pointer(std::string_view value);

// Whether an ad account id has the form of a tag id: 13 digits that begin with 26.
bool looks_like_tag_id(std::string_view ad_account_id);

}  // namespace pinrelay::config
