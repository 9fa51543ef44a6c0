#pragma once

#include "destinations/pinterest/scene/walk.hpp"

// The keys at the head of the event that are not taken as they came.
namespace pinrelay::destinations::pinterest::make {

std::optional<model::Value> event_name(const Field&, Scene& scene, Notes&);
std::optional<model::Value> action_source(const Field&, Scene& scene, Notes&);
std::optional<model::Value> event_time(const Field&, Scene& scene, Notes&);
std::optional<model::Value> event_id(const Field&, Scene& scene, Notes&);
std::optional<model::Value> event_source_url(const Field&, Scene& scene, Notes& notes);
std::optional<model::Value> partner_name(const Field&, Scene& scene, Notes&);

// Apps report the system's own switch against tracking instead of an opt-out.
std::optional<model::Value> opt_out(const Field&, Scene& scene, Notes&);
std::optional<model::Value> advertiser_tracking_enabled(const Field&, Scene& scene, Notes&);

}  // namespace pinrelay::destinations::pinterest::make
