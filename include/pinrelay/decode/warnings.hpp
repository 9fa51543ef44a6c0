#pragma once

#include <array>
#include <string_view>

// The codes under which a decoder warns of what it lost or guessed: model::Warning::code. A fixed set, as they become
// metric labels. docs/mapping.md explains each.
namespace pinrelay::decode::warnings {

inline constexpr std::string_view address_not_public = "address_not_public";
inline constexpr std::string_view consent_region_unknown = "consent_region_unknown";
inline constexpr std::string_view items_left_out = "items_left_out";
inline constexpr std::string_view items_unreadable = "items_unreadable";
inline constexpr std::string_view key_misspelt = "key_misspelt";
inline constexpr std::string_view list_left_out = "list_left_out";
inline constexpr std::string_view parameters_left_out = "parameters_left_out";
inline constexpr std::string_view shared_left_out = "shared_left_out";
inline constexpr std::string_view time_corrected = "time_corrected";
inline constexpr std::string_view url_cut = "url_cut";

inline constexpr std::array all = {
    address_not_public, consent_region_unknown, items_left_out,  items_unreadable, key_misspelt,
    list_left_out,      parameters_left_out,    shared_left_out, time_corrected,   url_cut};

}  // namespace pinrelay::decode::warnings
