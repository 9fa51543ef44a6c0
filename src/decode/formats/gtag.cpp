#include <algorithm>

#include "decode/google_tag/google_wire.hpp"
#include "decode/google_tag/wire_event.hpp"
#include "decode/google_tag/wire_origins.hpp"
#include "decode/shapes/adopt.hpp"
#include "decode/shapes/pair_limit.hpp"
#include "decode/shapes/simple_event.hpp"
#include "decode/text/form_pairs.hpp"
#include "decode/text/lines.hpp"
#include "decode/value_count.hpp"
#include "decoders.hpp"
#include "pinrelay/identity/normalise.hpp"

// Hits of the Google tag (v=2&en=…): one in the query, or one per line of the body, which share what the query says.
namespace pinrelay::decode {
namespace {

// Every line has all that the query says, so a small body could become a huge one.
Member no_room_for(const Reading& reading) {
    return Rejection{RejectCode::TooManyEvents, reading.pointer,
                     "the query is too long to be repeated for so many lines; send fewer in one request"};
}

Member read_named_hit(Pairs hit, std::size_t left_out, const Reading& reading) {
    const model::Value data = event_data_of_wire(hit, reading.arena);
    Member member = with_warning_of_pairs(read_simple_event(data, reading), left_out);
    auto* event = std::get_if<model::Event>(&member);
    if (event != nullptr && event->origins) use_wire_keys(*event->origins, hit, reading.arena);
    return member;
}

Member read_hit(const SplitPairs& shared, std::string_view line, const Reading& reading) {
    const SplitPairs own = split_pairs(line, is_wire_key_with_meaning, reading.arena);
    const std::size_t left_out = shared.left_out + own.left_out;
    const Pairs hit = overlay(shared.pairs, own.pairs, reading.arena);
    const auto name = find_value(hit, "en");
    if (!name || identity::is_absent(*name)) {
        return Rejection{RejectCode::NotAnEvent, reading.pointer, "a hit of the Google tag needs a name: en"};
    }
    return read_named_hit(hit, left_out, reading);
}

class Gtag final : public Decoder {
public:
    std::string_view name() const noexcept override { return "gtag"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (!is_wire_hit(input, "2", "en")) return std::nullopt;
        const std::vector<std::string_view> lines = split_lines(input.body, limits.events);
        if (lines.size() > limits.events) return too_many_events(count_lines(input.body), limits.events);
        if (auto rejection = too_many_values(lines.size(), input.request.query, limits)) return std::move(*rejection);
        const Reading whole = reading_of(input, limits);
        Members members;
        if (lines.empty()) {
            members.push_back(read_hit({}, input.request.query, whole));
            return members;
        }
        const SplitPairs shared = split_pairs(input.request.query, is_wire_key_with_meaning, input.arena);
        const std::size_t room = most_shared_bytes / std::max<std::size_t>(input.request.query.size(), 1);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const Reading place = whole.at('/' + std::to_string(i));
            members.push_back(i < room ? read_hit(shared, lines[i], place) : no_room_for(place));
        }
        return members;
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_gtag() { return std::make_unique<Gtag>(); }

}  // namespace pinrelay::decode
