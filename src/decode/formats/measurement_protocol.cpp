#include "decode/shapes/measurement_protocol.hpp"

#include "decode/shapes/value_reader.hpp"
#include "decoders.hpp"

// GA4 Measurement Protocol: {"client_id":…,"events":[{"name":…,"params":{…}}]}, `events` also as one object.
namespace pinrelay::decode {
namespace {

class MeasurementProtocol final : public Decoder {
public:
    std::string_view name() const noexcept override { return "measurement_protocol"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (!input.json || !is_measurement_protocol(*input.json)) return std::nullopt;
        ValueReader reader(limits, input.arena);
        reader.read(*input.json, reading_of(input, limits));
        return reader.finish();
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_measurement_protocol() { return std::make_unique<MeasurementProtocol>(); }

}  // namespace pinrelay::decode
