#pragma once

#include <string_view>

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/mapping/event_naming.hpp"
#include "destinations/pinterest/warning_list.hpp"

namespace pinrelay::destinations::pinterest {

// Pinterest's custom_data. Only keys of the closed schema are ever written: tax, shipping, coupon and the like have no
// home in it, and one unknown key refuses the whole request.
Object custom_data(const model::Event& event, const Named& named, const Settings& settings, WarningList& warnings);

// The one opt_out_type that Pinterest acts on.
inline constexpr std::string_view limited_data_processing = "LDP";

// Whether Pinterest has to limit the processing of the visitor's data: the visitor opted out of its sale, or the
// sender's opt_out_type, a comma-separated list, holds LDP.
bool limits_data_processing(const model::Event& event);

}  // namespace pinrelay::destinations::pinterest
