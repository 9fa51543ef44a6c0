#pragma once

#include "destinations/pinterest/scene/walk.hpp"

// What is known of the app and the device, in the objects of spec 5.16 and nowhere else: the flat fields ("app_id",
// "device_brand" …) that say the same are legacy, and two places can contradict each other.
namespace pinrelay::destinations::pinterest::make {

std::optional<model::Value> form_factor(const Field&, Scene& scene, Notes&);
std::optional<model::Value> os_family(const Field&, Scene& scene, Notes&);
std::optional<model::Value> network_type(const Field&, Scene& scene, Notes&);
std::optional<model::Value> screen_width(const Field&, Scene& scene, Notes& notes);
std::optional<model::Value> screen_height(const Field&, Scene& scene, Notes& notes);

// "en-US" → "en", and so the first of an Accept-Language; nothing where the text does not begin with a two-letter ISO
// 639-1 code.
std::optional<model::Value> language(const Field&, Scene& scene, Notes& notes);

}  // namespace pinrelay::destinations::pinterest::make
