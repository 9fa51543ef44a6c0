#pragma once

#include <string_view>

#include "pasted_request.hpp"

namespace pinrelay::app {

// One URL and nothing beside it.
bool is_url(std::string_view text) noexcept;

// With the path, the peer and no more.
http::Request bare_request(const Pasting& pasting);

// In the place of those of that name.
void set_header(http::Headers& headers, std::string_view name, std::string_view value);

// Takes the parameters and the host; the path of another server means nothing here.
void take_url(std::string_view url, http::Request& request);

// In the place of what the text says.
void add_headers(http::Request& request, const Pasting& pasting);

}  // namespace pinrelay::app
