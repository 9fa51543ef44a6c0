#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pinrelay/destination/destination.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"

namespace pinrelay::destinations::pinterest {

// Pinterest's Conversions API v5 for one ad account. Throws std::invalid_argument for settings that cannot work: an id
// that is not a number, a mapping rule with a target that the schema does not know. The sentence names the setting.
std::unique_ptr<destination::Destination> make_pinterest(Settings settings);

// Whether a setting reads more of an item than decoders do: see model::Item::source. Pure.
bool needs_item_sources(const Settings& settings) noexcept;

// The event names of Pinterest's list, for documents and the mock's test. Any thread.
const std::vector<std::string>& standard_event_names();

}  // namespace pinrelay::destinations::pinterest
