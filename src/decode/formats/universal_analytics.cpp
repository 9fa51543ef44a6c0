#include <algorithm>

#include "decode/google_tag/google_wire.hpp"
#include "decode/shapes/reading.hpp"
#include "decode/text/lines.hpp"
#include "decoders.hpp"
#include "pinrelay/decode/ignored.hpp"

// Hits of Universal Analytics (v=1&t=…), which Google ended in 2024: recognised and counted, one per line of a batch.
namespace pinrelay::decode {
namespace {

class UniversalAnalytics final : public Decoder {
public:
    std::string_view name() const noexcept override { return "universal_analytics"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (!is_wire_hit(input, "1", "t")) return std::nullopt;
        const std::size_t hits = std::max<std::size_t>(split_lines(input.body, limits.events).size(), 1);
        if (hits > limits.events) {
            return too_many_events(count_lines(input.body), limits.events);
        }
        return Members(hits, Ignored{ignored::universal_analytics});
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_universal_analytics() { return std::make_unique<UniversalAnalytics>(); }

}  // namespace pinrelay::decode
