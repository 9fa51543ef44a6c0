#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

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
std::string with_plus_signs(std::string text) {
    std::ranges::replace(text, ' ', '+');
    return text;
}

// The object under one key; null where it is none.
Value read_data(std::string_view text, bool is_base64, model::Arena& arena) {
    const auto json = is_base64 ? decode_base64(with_plus_signs(std::string(text))) : std::string(text);
    if (!json) return {};
    const auto parsed = model::parse_json(*json, arena, {.values = most_values_in_text});
    const auto* value = std::get_if<Value>(&parsed);
    return value != nullptr && value->is_object() ? *value : Value();
}

// What else the query says, beside the data.
Value other_pairs(Pairs pairs, model::Arena& arena) {
    model::GrowingList<Value::Member> members(arena);
    for (const Pair& pair : pairs) {
        if (pair.key == data_keys[0].key || pair.key == data_keys[1].key) continue;
        members.push_back({pair.key, Value(pair.value)});
    }
    return Value(members.span());
}

Member read_event_data(Pairs pairs, const Reading& reading) {
    Value event(Value::Object{});
    for (const auto& [key, is_base64] : data_keys) {
        const std::string_view text = find_value(pairs, key).value_or("");
        if (text.empty()) continue;
        const Value data = read_data(text, is_base64, reading.arena);
        if (data.is_null()) {
            return Rejection{RejectCode::NotJson, '/' + std::string(key), "the data of this tag is no JSON object"};
        }
        event = event.members().empty() ? data : with_siblings(event, data, {}, reading.arena);
    }
    return read_simple_event(with_siblings(event, other_pairs(pairs, reading.arena), {}, reading.arena), reading);
}

class DataTag final : public Decoder {
public:
    std::string_view name() const noexcept override { return "data_tag"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (input.json || input.json_error) return std::nullopt;
        if (!has_data(input.request.query) && !has_data(input.body)) return std::nullopt;
        const SplitPairs shared = split_pairs(input.request.query, is_key_with_meaning, input.arena);
        const SplitPairs own = split_pairs(input.body, is_key_with_meaning, input.arena);
        const std::size_t left_out = shared.left_out + own.left_out;
        Members members;
        const Pairs pairs = overlay(shared.pairs, own.pairs, input.arena);
        members.push_back(with_warning_of_pairs(read_event_data(pairs, reading_of(input, limits)), left_out));
        return members;
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_data_tag() { return std::make_unique<DataTag>(); }

}  // namespace pinrelay::decode
