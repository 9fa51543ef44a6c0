#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

// What a value must look like. Pure; the reasons never repeat the value, since it may be a token in the wrong place.
namespace pinrelay::config {

// An empty text when the value may stand, else the reason.
using Check = std::string (*)(std::string_view value);

struct Rule {
    std::span<const std::string_view> choices{};  // of a text, or of each entry of a list
    Check check = nullptr;                        // of a text, or of each entry of a list
    std::uint64_t least = 0;                      // of a number, bytes or milliseconds
    std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    bool is_size = false;      // a number of bytes, which may be written with a unit
    bool needs_entry = false;  // a list must not be empty
};

std::string refuse_empty(std::string_view value);
std::string refuse_listen_address(std::string_view value);
std::string refuse_endpoint(std::string_view value);
std::string refuse_prefix(std::string_view value);
std::string refuse_origin_pattern(std::string_view value);
std::string refuse_allowed_origin(std::string_view value);
std::string refuse_host_pattern(std::string_view value);
std::string refuse_cookie_domain(std::string_view value);
std::string refuse_route_path(std::string_view value);
std::string refuse_currency(std::string_view value);
std::string refuse_region(std::string_view value);
std::string refuse_ad_account_id(std::string_view value);
std::string refuse_token(std::string_view value);
std::string refuse_pointer(std::string_view value);

}  // namespace pinrelay::config
