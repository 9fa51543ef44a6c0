#include <algorithm>
#include <string>
#include <utility>

#include "decode/shapes/segment_call.hpp"
#include "decoders.hpp"

// Calls of Segment-like SDKs, alone or in a `batch`. Where they are not taken they are recognised all the same, so that
// the answer can say what they are.
namespace pinrelay::decode {
namespace {

using model::Value;

bool is_batch(const Value& value) {
    const Value* batch = value.find("batch");
    const auto calls = batch == nullptr ? std::nullopt : batch->array();
    return calls && std::ranges::any_of(*calls, [](const Value& call) { return call.find("type") != nullptr; });
}

Decoded read_batch(const Value& batch, const Reading& whole) {
    const Value::Array calls = batch.find("batch")->items();
    if (calls.size() > whole.limits.events) return too_many_events(calls.size(), whole.limits.events);
    const Value context = segment_context(batch, whole.arena);
    Fields shared(whole.arena, whole.explain);
    shared.read(context, segment_batch_scope, {}, "context");
    Members members;
    members.reserve(calls.size());
    for (std::size_t i = 0; i < calls.size(); ++i) {
        members.push_back(read_segment_call(calls[i], shared, whole.at("/batch/" + std::to_string(i))));
    }
    return members;
}

class Segment final : public Decoder {
public:
    std::string_view name() const noexcept override { return "segment"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (!input.json) return std::nullopt;
        const bool is_call = is_segment_call(*input.json);
        if (!is_call && !is_batch(*input.json)) return std::nullopt;
        if (!limits.segment)
            return Rejection{RejectCode::UnsupportedForm, "", "calls of a Segment-like SDK: collect.segment is off"};
        const Reading whole = reading_of(input, limits);
        if (!is_call) return read_batch(*input.json, whole);
        Members members;
        members.push_back(read_segment_call(*input.json, Fields(whole.arena, whole.explain), whole));
        return members;
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_segment() { return std::make_unique<Segment>(); }

}  // namespace pinrelay::decode
