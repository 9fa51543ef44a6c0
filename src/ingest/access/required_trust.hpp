#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "pinrelay/destination/destination.hpp"
#include "pinrelay/ingest/settings.hpp"

namespace pinrelay::ingest {

// Why an event is dropped that is finished, but whose sender is not known as well as the account requires for events
// that are sent under this name. `because` is Standing::because. `custom_name` is Translation::custom_name. Names are
// compared without case. Pure.
std::optional<destination::Drop> lacks_trust(const std::vector<Requirement>& required, const model::Record& record,
                                             std::string_view custom_name, model::Trust trust,
                                             std::string_view because = {});

}  // namespace pinrelay::ingest
