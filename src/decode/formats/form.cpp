#include <algorithm>
#include <string>
#include <string_view>

#include "decode/event/event_name.hpp"
#include "decode/shapes/pair_limit.hpp"
#include "decode/shapes/simple_event.hpp"
#include "decode/shapes/value_reader.hpp"
#include "decode/text/dotted_object.hpp"
#include "decode/text/form_pairs.hpp"
#include "decode/text/json_text.hpp"
#include "decoders.hpp"

// One event as the pairs of a query or of a form body, its nesting written with dots (items.0.item_id=SKU-A).
namespace pinrelay::decode {
namespace {

using model::Value;

// Whether a body begins with a pair and holds no control characters, as prose or a file could.
bool is_form(std::string_view body) noexcept {
    if (body.empty()) return true;
    const std::string_view first = body.substr(0, body.find('&'));
    const std::size_t equals = first.find('=');
    if (equals == 0 || equals == std::string_view::npos) return false;
    if (first.substr(0, equals).find_first_of(" <>\"") != std::string_view::npos) return false;
    return std::ranges::none_of(body, [](char c) { return static_cast<unsigned char>(c) < ' '; });
}

// PHP and jQuery write "items[0][item_id]" for "items.0.item_id", and "content_ids[]" for each of a list. The number of
// such an entry is that of the pair.
std::string with_dots(std::string_view key, std::size_t number) {
    const std::size_t bracket = key.find('[');
    std::string dotted(key.substr(0, bracket));
    for (std::string_view rest = key.substr(bracket); !rest.empty();) {
        const std::size_t end = rest.find(']');
        if (!rest.starts_with('[') || end == std::string_view::npos) return std::string(key);
        const std::string_view part = rest.substr(1, end - 1);
        dotted.append(".").append(part.empty() ? std::to_string(number) : part);
        rest.remove_prefix(end + 1);
    }
    return dotted;
}

bool may_have_brackets(std::string_view key) noexcept {
    const std::size_t bracket = key.find('[');
    return bracket != 0 && bracket != std::string_view::npos && key.ends_with(']');
}

Value event_data_of(Pairs pairs, model::Arena& arena) {
    DottedObject event(pairs.size(), arena);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto& [key, value] = pairs[i];
        event.set(may_have_brackets(key) ? arena.copy(with_dots(key, i)) : key, Value(value));
    }
    return event.value();
}

// {"data":"{…}"}: one pair with the whole as JSON text. Nothing where there is none.
std::optional<Value> with_open_wrapping_text(const Value& event, model::Arena& arena) {
    const Value* data = event.find("data");
    const auto inside = data == nullptr ? std::nullopt : structure_in_text(*data, arena);
    if (!inside) return std::nullopt;
    return with_member(event, "data", *inside, arena);
}

class Form final : public Decoder {
public:
    std::string_view name() const noexcept override { return "form"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (input.json || input.json_error || !is_form(input.body)) return std::nullopt;
        const SplitPairs shared = split_pairs(input.request.query, is_key_with_meaning, input.arena);
        const SplitPairs own = split_pairs(input.body, is_key_with_meaning, input.arena);
        const std::size_t left_out = shared.left_out + own.left_out;
        const Value event = event_data_of(overlay(shared.pairs, own.pairs, input.arena), input.arena);
        if (find_name(event).value == nullptr) {
            const auto opened = with_open_wrapping_text(event, input.arena);
            if (!opened) return std::nullopt;
            ValueReader reader(limits, input.arena);
            reader.read(*opened, reading_of(input, limits));
            return reader.finish();
        }
        Members members;
        members.push_back(with_warning_of_pairs(read_simple_event(event, reading_of(input, limits)), left_out));
        return members;
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_form() { return std::make_unique<Form>(); }

}  // namespace pinrelay::decode
