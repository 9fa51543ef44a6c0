#include "decode/google_tag/google_wire.hpp"
#include "decode/google_tag/wire_event.hpp"
#include "decode/shapes/adopt.hpp"
#include "decode/shapes/simple_event.hpp"
#include "decode/text/form_pairs.hpp"
#include "decode/text/lines.hpp"
#include "decoders.hpp"
#include "pinrelay/identity/normalise.hpp"

// Hits of the Google tag (v=2&en=…): one in the query, or one per line of the body, which share what the query says.
namespace pinrelay::decode {
namespace {

Rejection too_many_parameters(const std::string& pointer) {
    return {RejectCode::TooManyParameters, pointer, "more parameters than this relay takes in one event"};
}

Member read_hit(const Pairs& shared, std::string_view line, const Reading& reading) {
    std::optional<Pairs> own = split_pairs(line);
    if (!own) return too_many_parameters(reading.pointer);
    const Pairs hit = overlay(shared, std::move(*own));
    const std::string* name = find_value(hit, "en");
    if (name == nullptr || identity::is_absent(*name)) {
        return Rejection{RejectCode::NotAnEvent, reading.pointer, "a hit of the Google tag needs a name: en"};
    }
    return read_simple_event(event_data_of_wire(hit), reading);
}

class Gtag final : public Decoder {
public:
    std::string_view name() const noexcept override { return "gtag"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (!is_wire_hit(input, "2", "en")) return std::nullopt;
        const std::vector<std::string_view> lines = split_lines(input.body, limits.events);
        if (lines.size() > limits.events || lines.size() * input.request.query.size() > most_shared_bytes) {
            return Rejection{RejectCode::TooManyEvents, "", "more events than this relay takes in one request"};
        }
        const std::optional<Pairs> shared = split_pairs(input.request.query);
        if (!shared) return too_many_parameters("");
        const Reading whole{input.request, limits, ""};
        Members members;
        if (lines.empty()) members.push_back(read_hit({}, input.request.query, whole));
        for (std::size_t i = 0; i < lines.size(); ++i) {
            members.push_back(read_hit(*shared, lines[i], whole.at('/' + std::to_string(i))));
        }
        return members;
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_gtag() { return std::make_unique<Gtag>(); }

}  // namespace pinrelay::decode
