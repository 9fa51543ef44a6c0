#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "decode/shapes/adopt.hpp"
#include "decode/shapes/pair_limit.hpp"
#include "decode/shapes/simple_event.hpp"
#include "decode/text/form_pairs.hpp"
#include "decode/text/json_text.hpp"
#include "decode/text/query_text.hpp"
#include "decoders.hpp"
#include "pinrelay/core/base64.hpp"

// The GET of Stape's Data Tag: the event's name in the query, and its data there too, as JSON under `dtcd` or as JSON
// in base64 under `dtdc`.
namespace pinrelay::decode {
namespace {

using model::Value;

struct DataKey {
    std::string_view key;
    bool is_base64;
};
constexpr std::array data_keys = {DataKey{"dtdc", true}, DataKey{"dtcd", false}};

bool has_data(std::string_view pairs) {
    return find_pair(pairs, data_keys[0].key) || find_pair(pairs, data_keys[1].key);
}

// A '+' that the sender did not escape was read as a space.
std::string with_plus_signs(std::string_view given) {
    std::string text(given);
    std::ranges::replace(text, ' ', '+');
    return text;
}

// The object under one key; null where it is none.
Value read_data(std::string_view text, bool is_base64, model::Arena& arena) {
    const auto json = is_base64 ? decode_base64(with_plus_signs(text)) : std::optional(std::string(text));
    if (!json) return {};
    const auto parsed = model::parse_json(*json, arena, {.values = most_values_in_text});
    const auto* value = std::get_if<Value>(&parsed);
    return value != nullptr && value->is_object() ? *value : Value();
}

// What else the query says, beside the data.
Value other_pairs(const Pairs& pairs, model::Arena& arena) {
    model::GrowingList<Value::Member> members(arena);
    for (const Pair& pair : pairs) {
        if (pair.key == data_keys[0].key || pair.key == data_keys[1].key) continue;
        members.push_back({pair.key, Value(pair.value)});
    }
    return Value(members.span());
}

Member read_event_data(const Pairs& pairs, const Reading& reading) {
    model::Arena& arena = reading.arena;
    Value event(Value::Object{});
    for (const auto& [key, is_base64] : data_keys) {
        const auto text = find_value(pairs, key);
        if (!text || text->empty()) continue;
        const Value data = read_data(*text, is_base64, arena);
        if (data.is_null()) {
            return Rejection{RejectCode::NotJson, '/' + std::string(key), "the data of this tag is no JSON object"};
        }
        event = event.members().empty() ? data : with_siblings(event, data, {}, arena);
    }
    return read_simple_event(with_siblings(event, other_pairs(pairs, arena), {}, arena), reading);
}

class DataTag final : public Decoder {
public:
    std::string_view name() const noexcept override { return "data_tag"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (input.json || input.json_error) return std::nullopt;
        if (!has_data(input.request.query) && !has_data(input.body)) return std::nullopt;
        const SplitPairs shared = split_pairs(input.request.query, input.arena, is_key_with_meaning);
        const SplitPairs own = split_pairs(input.body, input.arena, is_key_with_meaning);
        const std::size_t left_out = shared.left_out + own.left_out;
        Members members;
        members.push_back(with_warning_of_pairs(
            read_event_data(overlay(shared.pairs, own.pairs), reading_of(input, limits)), left_out));
        return members;
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_data_tag() { return std::make_unique<DataTag>(); }

}  // namespace pinrelay::decode
