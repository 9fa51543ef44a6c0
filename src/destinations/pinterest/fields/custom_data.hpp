#pragma once

#include "destinations/pinterest/scene/walk.hpp"

// Keys of custom_data that are not taken as they came. Only keys of the closed schema are ever written: tax, shipping,
// coupon and the like have no home in it, and one unknown key refuses the whole request.
namespace pinrelay::destinations::pinterest::make {

std::optional<model::Value> currency(const Field&, Scene& scene, Notes& notes);
std::optional<model::Value> value(const Field&, Scene& scene, Notes& notes);

// Lines without id are left out of content_ids and contents, which stay aligned, and still count in num_items, as do
// units beyond a list. Beyond `max_contents` a line is in content_ids only.
std::optional<model::Value> content_ids(const Field&, Scene& scene, Notes& notes);
std::optional<model::Value> contents(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> num_items(const Field&, Scene& scene, Notes& notes);

std::optional<model::Value> content_name(const Field&, Scene& scene, Notes&);
std::optional<model::Value> content_category(const Field&, Scene& scene, Notes&);
std::optional<model::Value> predicted_ltv(const Field&, Scene& scene, Notes& notes);
std::optional<model::Value> opt_out_type(const Field&, Scene& scene, Notes& notes);

}  // namespace pinrelay::destinations::pinterest::make
