#pragma once

#include <string_view>

#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// The one opt_out_type that Pinterest acts on.
inline constexpr std::string_view limited_data_processing = "LDP";

// Whether Pinterest has to limit the processing of the visitor's data: the visitor opted out of its sale, or the
// sender's opt_out_type, a comma-separated list, holds LDP.
bool limits_data_processing(const model::Event& event);

}  // namespace pinrelay::destinations::pinterest
