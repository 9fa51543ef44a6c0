#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace pinrelay::mock {

// The first thing that a request's body breaks the schema with.
struct Breach {
    std::string message;  // as the Python library jsonschema words it: "'x' is not of type 'integer'"
    std::string where;    // "data[2].custom_data.num_items"; "" for the body itself
};

struct SchemaOptions {
    bool closed_user_data = false;
};

// Holds a whole body against the closed schema of the events endpoint, the minimum match rule included.
// Nothing: it keeps the schema. Types, closedness and limits only; what an event says is judged by event_rules.hpp.
std::optional<Breach> find_breach(const nlohmann::json& body, const SchemaOptions& options);

}  // namespace pinrelay::mock
