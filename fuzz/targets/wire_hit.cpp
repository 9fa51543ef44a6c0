#include "decode/google_tag/wire_event.hpp"
#include "decode/shapes/pair_limit.hpp"
#include "decode/text/form_pairs.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"

// A hit of the Google tag, "v=2&en=purchase&pr1=idA", as pairs and as the event data made of them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pinrelay;
    model::Arena arena;
    const decode::Pairs pairs =
        decode::split_pairs(fuzz::text_of(data, size), decode::is_wire_key_with_meaning, arena).pairs;
    fuzz::require(pairs.size() <= decode::most_pairs + decode::most_pairs_with_meaning,
                  "no hit has more pairs than the limit");
    for (const decode::Pair& pair : pairs) fuzz::require(!pair.key.empty(), "no pair is without a key");

    const model::Value event = decode::event_data_of_wire(pairs, arena);
    fuzz::require(event.is_object(), "a hit is an object");
    const auto again = model::parse_json(model::to_json(event), arena);
    const auto* value = std::get_if<model::Value>(&again);
    fuzz::require(value != nullptr && *value == event, "a hit's event data is JSON that can be read again");
    fuzz::require(event == decode::event_data_of_wire(pairs, arena), "a hit is read to the same each time");
    return 0;
}
