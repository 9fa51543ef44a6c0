#pragma once

#include "destinations/pinterest/mapping/rules.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"

namespace pinrelay::destinations::pinterest {

// A finished event once more, under the settings of today. Where the name is known under which it came, it is named by
// today's profile and rules, and today's constant parameters are set; what a rule would take from the event itself
// stays as it was taken then. Keys that today's schema does not know are left out, and the gate judges the whole. The
// event's id and time never change.
destination::Translation translate_again(const model::Record& stored, Time now, const Settings& settings,
                                         const Rules& rules);

}  // namespace pinrelay::destinations::pinterest
