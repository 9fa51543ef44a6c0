#include <algorithm>

#include "decode/shapes/simple_event.hpp"
#include "decoders.hpp"

// Server-container event data: what a GTM server container's HTTP tags post, nested or flattened, and what SDKs
// modelled on it do. Known by event_name, eventName or e_n, or by the container's own x-ga- keys.
namespace pinrelay::decode {
namespace {

using model::Value;

bool is_event_data_key(const Value::Member& member) {
    if (member.value.is_null()) return false;
    return member.key == "event_name" || member.key == "eventName" || member.key == "e_n" ||
           member.key.starts_with("x-ga-") || member.key.starts_with("x_ga_");
}

class EventData final : public Decoder {
public:
    std::string_view name() const noexcept override { return "event_data"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        const auto members = input.json ? input.json->object() : std::nullopt;
        if (!members) return std::nullopt;
        if (std::ranges::none_of(*members, is_event_data_key)) return std::nullopt;
        return read_single_event(input, limits);
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_event_data() { return std::make_unique<EventData>(); }

}  // namespace pinrelay::decode
