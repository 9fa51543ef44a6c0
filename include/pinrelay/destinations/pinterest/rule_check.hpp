#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pinrelay/destinations/pinterest/settings.hpp"

namespace pinrelay::destinations::pinterest {

// Something wrong with a mapping rule, or something that can hardly be right.
struct RuleFinding {
    std::size_t rule = 0;     // its index in Settings::rules
    std::string part;         // of the rule, as in the configuration: "", ".name", `.parameters["custom_data.value"]`
    std::string reason;       // repeats no fixed value
    bool is_problem = false;  // the rule cannot work, and make_pinterest refuses it; else a warning
};

// Everything that is to be said about all rules, in their order. A warning: a rule for a misspelt GA4 name, a name
// outside Pinterest's list, a fixed value that its field cannot hold. The account's id and token do not matter here.
// Pure.
std::vector<RuleFinding> check_rules(const Settings& settings);

}  // namespace pinrelay::destinations::pinterest
