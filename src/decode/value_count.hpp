#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// An upper bound of the JSON values, pairs of a form and parameters of URLs in a text, whatever format it is: its
// separators (',', '&', ';') and the brackets that open, and one. Values of JSON within a text of JSON count as well.
// Linear; allocates nothing.
std::size_t values_at_most(std::string_view text) noexcept;

// Why a request is refused before anything of it is read: more than `limits.values` values, or a query so long that
// looking into it for each of its events makes as much work. Nothing where it may be read. The message names the bound.
std::optional<Rejection> too_many_values(const http::Request& request, const DecodeLimits& limits);

// The Rejection of a body each line of which repeats a query of so many pairs; nothing where it may.
std::optional<Rejection> too_many_values(std::size_t lines, std::string_view query, const DecodeLimits& limits);

}  // namespace pinrelay::decode
