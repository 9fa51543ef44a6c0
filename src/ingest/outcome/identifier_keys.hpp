#pragma once

#include <string>
#include <string_view>

namespace pinrelay::ingest {

// The keys of the person in a record's body, a blank between two: "em external_id client_ip_address". The person is the
// object "user_data", as at Pinterest. "" for a body without one, or that is no JSON. At most 12 keys. Holds no value.
std::string identifier_keys(std::string_view body);

}  // namespace pinrelay::ingest
