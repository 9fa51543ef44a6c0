#include "decode/commands/gtag_arguments.hpp"
#include "decode/shapes/value_reader.hpp"
#include "decoders.hpp"

// Several events in one request: an array, or an envelope around one or many. Each member is judged alone.
namespace pinrelay::decode {
namespace {

class Batch final : public Decoder {
public:
    std::string_view name() const noexcept override { return "batch"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (!input.json || is_gtag_call(*input.json)) return std::nullopt;
        if (!input.json->is_array() && !is_envelope(*input.json)) return std::nullopt;
        ValueReader reader(limits, input.arena);
        reader.read(*input.json, reading_of(input, limits));
        return reader.finish();
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_batch() { return std::make_unique<Batch>(); }

}  // namespace pinrelay::decode
