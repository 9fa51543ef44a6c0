#include "decoders.hpp"
#include "google_wire.hpp"

// Hits of Universal Analytics (v=1&t=…), which Google ended in 2024: only recognised.
namespace pinrelay::decode {
namespace {

class UniversalAnalytics final : public Decoder {
public:
    std::string_view name() const noexcept override { return "universal_analytics"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits&) const override {
        if (!is_wire_hit(input, "1", "t")) return std::nullopt;
        return Rejection{RejectCode::UnsupportedForm, "", "hits of Universal Analytics are not taken"};
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_universal_analytics() { return std::make_unique<UniversalAnalytics>(); }

}  // namespace pinrelay::decode
