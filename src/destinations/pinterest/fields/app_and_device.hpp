#pragma once

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/warning_list.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// What is known of the app and the device, in the objects of spec 5.16 and nowhere else: the flat fields ("app_id",
// "device_brand" …) that say the same are legacy, and two places can contradict each other.
Object app_info(const model::App& app);
Object device_info(const model::Device& device, WarningList& warnings);

// "en-US" → "en", and so the first of an Accept-Language; nothing where the text does not begin with a two-letter ISO
// 639-1 code.
std::optional<std::string> language_code(const std::optional<std::string>& text, WarningList& warnings);

}  // namespace pinrelay::destinations::pinterest
