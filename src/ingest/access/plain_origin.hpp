#pragma once

#include <string>
#include <string_view>

namespace pinrelay::ingest {

// An origin without a dot at the end of its host, for comparisons: "https://shop.example.:8443" is
// "https://shop.example:8443". Any other text comes back as it is.
std::string plain_origin(std::string_view origin);

}  // namespace pinrelay::ingest
