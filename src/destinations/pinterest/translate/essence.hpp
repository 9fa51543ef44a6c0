#pragma once

#include "destinations/pinterest/json_object.hpp"
#include "pinrelay/model/essence.hpp"

namespace pinrelay::destinations::pinterest {

// What the finished event says of its value and its person. The kinds of identifiers, by their numbers:
//   0 em   1 ph   2 click_id   3 external_id   4 hashed_maids, partner_id   5 client_ip_address, client_user_agent
//   6 ln, fn, ge, db   7 ct, st, zp, country
// The order of the values of a list makes no difference. Pure.
model::Essence essence_of(const Object& event);

}  // namespace pinrelay::destinations::pinterest
