#pragma once

#include "decode/event/fields.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "reading.hpp"

namespace pinrelay::decode {

// Whether a value is one call of a Segment-like SDK: a known `type` and one of the members that these write.
bool is_segment_call(const model::Value& value);

// What the `context` that a batch gives for all its calls says; event data, for Fields to read.
model::Value segment_context(const model::Value& batch, model::Arena& arena);

// Reads one call. `shared` is what its batch says for all.
Member read_segment_call(const model::Value& closed, const Fields& shared, const Reading& reading);

// The scope at which `shared` is read, behind all that a call says itself.
inline constexpr unsigned segment_batch_scope = 4;

}  // namespace pinrelay::decode
