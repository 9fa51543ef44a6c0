#include <algorithm>
#include <string>
#include <vector>

#include "decode/shapes/value_reader.hpp"
#include "decode/text/lines.hpp"
#include "decoders.hpp"

// One JSON document per line, each of any JSON form and judged alone.
namespace pinrelay::decode {
namespace {

using model::Value;
using Parsed = std::variant<Value, model::ParseError>;

// A document that is only broken has several lines, too; but it does not begin with a whole object on the first, nor
// does every line of it begin one.
bool looks_like_lines(const std::vector<std::string_view>& lines, model::Arena& arena) {
    if (lines.size() < 2) return false;
    if (std::ranges::all_of(lines, [](std::string_view line) { return line.front() == '{'; })) return true;
    return std::holds_alternative<Value>(model::parse_json(lines.front(), arena));
}

// Whether a line of a body that does not begin like JSON is a whole object: then only the first lines are broken.
bool holds_an_object(const std::vector<std::string_view>& lines, model::Arena& arena) {
    return std::ranges::any_of(lines, [&arena](std::string_view line) {
        return line.starts_with('{') && std::holds_alternative<Value>(model::parse_json(line, arena));
    });
}

class JsonLines final : public Decoder {
public:
    std::string_view name() const noexcept override { return "json_lines"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (input.json) return std::nullopt;
        const std::vector<std::string_view> lines = split_lines(input.body, limits.events);
        if (input.json_error ? !looks_like_lines(lines, input.arena) : !holds_an_object(lines, input.arena))
            return std::nullopt;
        if (lines.size() > limits.events) return too_many_events(count_lines(input.body), limits.events);
        const Reading whole = reading_of(input, limits);
        ValueReader reader(limits, input.arena);
        for (std::size_t i = 0; i < lines.size(); ++i) read_line(reader, lines[i], whole.at('/' + std::to_string(i)));
        return reader.finish();
    }

private:
    static void read_line(ValueReader& reader, std::string_view line, const Reading& reading) {
        const Parsed parsed = model::parse_json(line, reading.arena);
        if (const auto* value = std::get_if<Value>(&parsed)) return reader.read(*value, reading);
        reader.add({RejectCode::NotJson, reading.pointer, "this line is no JSON document"});
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_json_lines() { return std::make_unique<JsonLines>(); }

}  // namespace pinrelay::decode
