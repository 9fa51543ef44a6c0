#pragma once

#include <optional>
#include <string>
#include <vector>

#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/schema.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/arena.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// The operator's parameters of one event, at the two places where they act. A place in the event that holds nothing
// changes nothing; a value that cannot become what the target takes is a warning.

// Why the rule cannot work; nothing when it can.
std::optional<std::string> problem_of(const ParameterRule& rule);

// Targets that the relay itself reads from the event: set before translation, so that an e-mail named by a rule is
// normalised and hashed like any other, and a value stays decimal.
void apply_before(const std::vector<const ParameterRule*>& rules, model::Event& event, Notes& notes);

bool acts_before(const ParameterRule& rule) noexcept;

// Whether the target is a key of each item: "custom_data.contents[].item_brand". All of these act before.
bool is_of_items(const ParameterRule& rule) noexcept;

// All other targets: the value that takes the place of what the relay makes of the key, of the last rule that gives
// one. Nothing where none does.
std::optional<model::Value> value_after(const std::vector<const ParameterRule*>& rules, const Field& field,
                                        const model::Value& source, model::Arena& arena, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
