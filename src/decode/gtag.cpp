#include "decoders.hpp"
#include "google_wire.hpp"

// Hits of the Google tag (v=2&en=…).
namespace pinrelay::decode {
namespace {

class Gtag final : public Decoder {
public:
    std::string_view name() const noexcept override { return "gtag"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits&) const override {
        if (!is_wire_hit(input, "2", "en")) return std::nullopt;
        return Rejection{RejectCode::UnsupportedForm, "", "hits of the Google tag are not taken"};
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_gtag() { return std::make_unique<Gtag>(); }

}  // namespace pinrelay::decode
