#pragma once

#include <array>
#include <string_view>

// The codes of ingest's own warnings, which are metric labels. docs/mapping.md explains each.
namespace pinrelay::ingest::warnings {

inline constexpr std::string_view proxy_not_trusted = "proxy_not_trusted";
inline constexpr std::string_view address_unknown = "address_unknown";
inline constexpr std::string_view address_not_public = "address_not_public";

inline constexpr std::string_view address_not_believed = "address_not_believed";
inline constexpr std::string_view user_agent_not_believed = "user_agent_not_believed";
inline constexpr std::string_view query_not_signed = "query_not_signed";

// About the address of a request's client.
inline constexpr std::array of_client_address = {proxy_not_trusted, address_unknown, address_not_public};

// About a visitor whom the sender may not choose.
inline constexpr std::array of_named_visitor = {address_not_believed, user_agent_not_believed};

inline constexpr std::array all = {proxy_not_trusted,    address_unknown,         address_not_public,
                                   address_not_believed, user_agent_not_believed, query_not_signed};

}  // namespace pinrelay::ingest::warnings
