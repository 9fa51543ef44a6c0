#include <algorithm>
#include <array>
#include <string_view>

#include "decoders.hpp"

// Calls of Segment-like SDKs, alone or in a `batch`: recognised, so that the answer can say what they are.
namespace pinrelay::decode {
namespace {

using model::Value;

constexpr std::array<std::string_view, 6> call_types = {"track", "page", "screen", "identify", "group", "alias"};
constexpr std::array<std::string_view, 3> call_keys = {"properties", "messageId", "anonymousId"};

bool is_call(const Value& value) {
    const Value* type = value.find("type");
    const std::string* text = type == nullptr ? nullptr : type->text();
    if (text == nullptr || std::find(call_types.begin(), call_types.end(), *text) == call_types.end()) return false;
    return std::any_of(call_keys.begin(), call_keys.end(),
                       [&value](std::string_view key) { return value.find(key) != nullptr; });
}

bool is_batch(const Value& value) {
    const Value* batch = value.find("batch");
    const Value::Array* calls = batch == nullptr ? nullptr : batch->array();
    return calls != nullptr &&
           std::any_of(calls->begin(), calls->end(), [](const Value& call) { return call.find("type") != nullptr; });
}

class Segment final : public Decoder {
public:
    std::string_view name() const noexcept override { return "segment"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits&) const override {
        if (!input.json || !(is_batch(*input.json) || is_call(*input.json))) return std::nullopt;
        return Rejection{RejectCode::UnsupportedForm, "", "calls of a Segment-like SDK are not taken"};
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_segment() { return std::make_unique<Segment>(); }

}  // namespace pinrelay::decode
