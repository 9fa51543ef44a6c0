#pragma once

#include <array>
#include <string_view>

// The codes of ingest's own warnings, which are metric labels. docs/mapping.md explains each.
namespace pinrelay::ingest::warnings {

inline constexpr std::string_view proxy_not_trusted = "proxy_not_trusted";
inline constexpr std::string_view address_unknown = "address_unknown";
inline constexpr std::string_view address_not_public = "address_not_public";

inline constexpr std::array all = {proxy_not_trusted, address_unknown, address_not_public};

}  // namespace pinrelay::ingest::warnings
