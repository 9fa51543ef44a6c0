#pragma once

#include <string>
#include <string_view>

#include "destinations/pinterest/scene/walk.hpp"

namespace pinrelay::destinations::pinterest {

// What may be stored and sent of a visitor's address.
std::optional<std::string> kept_address(std::string_view address, ClientIp policy);

namespace make {

std::optional<model::Value> client_ip_address(const Field&, Scene& scene, Notes& notes);
std::optional<model::Value> click_id(const Field&, Scene& scene, Notes&);

}  // namespace make
}  // namespace pinrelay::destinations::pinterest
