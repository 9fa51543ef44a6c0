#pragma once

#include "destinations/pinterest/scene/walk.hpp"

// The keys of user_data that are lists of digests: every identifier is normalised and hashed here, so that nothing
// behind these functions holds a person's data in plain text. Lists are without duplicates; digests that the sender
// made pass through in lower case. A value that breaks its rule is left out with a warning that says which rule that
// is; so are those beyond identity::most_person_values.
namespace pinrelay::destinations::pinterest::make {

std::optional<model::Value> emails(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> phones(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> external_ids(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> names(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> genders(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> birth_dates(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> cities(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> regions(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> postal_codes(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> countries(const Field& field, Scene& scene, Notes& notes);
std::optional<model::Value> advertising_ids(const Field& field, Scene& scene, Notes& notes);

}  // namespace pinrelay::destinations::pinterest::make
