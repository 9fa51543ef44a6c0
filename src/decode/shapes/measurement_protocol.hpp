#pragma once

#include "reading.hpp"

namespace pinrelay::decode {

// Whether a value is a Measurement Protocol request: `events` of which at least one has a text as `name`, or none of
// which is of another form.
bool is_measurement_protocol(const model::Value& value);

// Such a request, taken apart.
struct MeasurementProtocolBody {
    model::Value shared;  // the request's own members, which hold for all events
    model::Value::Array events;
    bool is_list = false;  // `events` was an array, not one object
};
MeasurementProtocolBody split_measurement_protocol(const model::Value& whole, model::Arena& arena);

// Judges each of the events alone. An event of another form is read as that form.
Members read_measurement_protocol(const MeasurementProtocolBody& body, const Reading& reading);

}  // namespace pinrelay::decode
