#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/destinations/pinterest/settings.hpp"

namespace pinrelay::destinations::pinterest {

// The name of a rule for every event.
inline constexpr std::string_view every_event = "*";

// Why a rule cannot work, or a part of it: "", ".name", ".custom_name" or `.parameters["custom_data.value"]`.
struct RuleProblem {
    std::string part;
    std::string reason;
};
std::vector<RuleProblem> problems_of(const EventRule& rule);

// The part of a rule that sets the parameter.
std::string part_of(const ParameterRule& parameter);

// The operator's rules by GA4 name. Checked once, at start-up.
class Rules {
public:
    // Throws std::invalid_argument for a rule that cannot work; the sentence names the rule.
    explicit Rules(std::vector<EventRule> rules);

    // What becomes of the event: the rule of that very name, else of the GA4 name that it means ("Purchase" means
    // purchase), else the one for "*"; null pointer where none is.
    const EventRule* deciding(std::string_view name) const noexcept;

    // Parameters of "*" first, so that those of the event's own rule have the last word.
    std::vector<const ParameterRule*> parameters(std::string_view name) const;

private:
    const EventRule* find(std::string_view ga4_name) const noexcept;
    const EventRule* own_rule(std::string_view name) const noexcept;

    std::vector<EventRule> rules_;
};

}  // namespace pinrelay::destinations::pinterest
