#pragma once

#include <optional>
#include <string>

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/person_memo.hpp"
#include "destinations/pinterest/warning_list.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// Pinterest's user_data: every identifier normalised and hashed here, so that nothing behind this function holds
// clear text. Lists are without duplicates; digests that the sender made pass through in lower case.
Object user_data(const model::Event& event, const Settings& settings, PersonMemo& memo, WarningList& warnings);

// What may be stored and sent of a visitor's address.
std::optional<std::string> kept_address(const std::string& address, ClientIp policy);

}  // namespace pinrelay::destinations::pinterest
