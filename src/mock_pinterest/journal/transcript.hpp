#pragma once

#include <string>

#include "records.hpp"

namespace pinrelay::mock {

// A line about a request, and a block about an event, for people: which user_data keys came with the start of their
// digests, never what cannot be a digest.
std::string describe(const RequestRecord& request);
std::string describe(const EventRecord& event);

}  // namespace pinrelay::mock
