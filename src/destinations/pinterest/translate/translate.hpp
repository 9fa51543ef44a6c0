#pragma once

#include "destinations/pinterest/mapping/rules.hpp"
#include "destinations/pinterest/person_memo.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"

namespace pinrelay::destinations::pinterest {

// One GA4 event to one finished Pinterest event, or the reason why there is none. `account` is Destination::name.
// `memo` saves work on what events of one request share; the result is the same with any, and without.
destination::Translation translate(const model::Event& event, Time received, const Settings& settings,
                                   const Rules& rules, const std::string& account, PersonMemo* memo);

// The same for an event alone.
destination::Translation translate(const model::Event& event, Time received, const Settings& settings,
                                   const Rules& rules, const std::string& account);

}  // namespace pinrelay::destinations::pinterest
