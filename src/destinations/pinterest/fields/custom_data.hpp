#pragma once

#include "destinations/pinterest/mapping/event_naming.hpp"
#include "destinations/pinterest/translate/warning_list.hpp"
#include "json_object.hpp"

namespace pinrelay::destinations::pinterest {

// Pinterest's custom_data. Only keys of the closed schema are ever written: tax, shipping, coupon and the like have no
// home in it, and one unknown key refuses the whole request.
Object custom_data(const model::Event& event, const Named& named, const Settings& settings, WarningList& warnings);

}  // namespace pinrelay::destinations::pinterest
