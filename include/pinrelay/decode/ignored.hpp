#pragma once

#include <algorithm>
#include <array>
#include <string_view>

// The reasons for which a member of a request is ignored: Ignored::reason. A fixed set, as they become metric labels.
namespace pinrelay::decode::ignored {

inline constexpr std::string_view checkout_option = "checkout_option";
inline constexpr std::string_view clear_push = "clear_push";
inline constexpr std::string_view consent_push = "consent_push";
inline constexpr std::string_view data_layer_push = "data_layer_push";
inline constexpr std::string_view gtag_command = "gtag_command";
inline constexpr std::string_view segment_alias = "segment_alias";
inline constexpr std::string_view segment_group = "segment_group";
inline constexpr std::string_view segment_identify = "segment_identify";
inline constexpr std::string_view universal_analytics = "universal_analytics";

inline constexpr std::array all = {checkout_option, clear_push,    consent_push,     data_layer_push,    gtag_command,
                                   segment_alias,   segment_group, segment_identify, universal_analytics};

// Whether such a member was never meant as an event: nothing is lost with it.
constexpr bool is_no_event(std::string_view reason) noexcept {
    return reason != universal_analytics && std::find(all.begin(), all.end(), reason) != all.end();
}

}  // namespace pinrelay::decode::ignored
