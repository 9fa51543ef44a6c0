#include "read_value.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "pinrelay/config/units.hpp"
#include "suggestion.hpp"

namespace pinrelay::config {
using nlohmann::json;

namespace {

std::string one_of_text(std::span<const std::string_view> choices) {
    std::string text = "must be one of";
    for (std::size_t i = 0; i < choices.size(); ++i)
        text.append(i == 0 ? " \"" : ", \"").append(choices[i]).append("\"");
    return text;
}

std::optional<std::string> problem_of_text(const std::string* text, const Rule& rule) {
    if (text == nullptr) return "must be text";
    if (!rule.choices.empty() && std::ranges::find(rule.choices, *text) == rule.choices.end())
        return one_of_text(rule.choices) + suggestion(*text, rule.choices);
    if (rule.check == nullptr) return std::nullopt;
    return rule.check(*text);
}

// The text of a value that keeps the rule. For any other value a null pointer, and a problem in the report.
const std::string* checked_text(const json& value, const Rule& rule, const std::string& shown, const Report& report) {
    const auto* text = value.get_ptr<const std::string*>();
    auto problem = problem_of_text(text, rule);
    if (!problem) return text;
    report.add(shown, std::move(*problem));
    return nullptr;
}

std::optional<std::uint64_t> whole_number(const json& value, const Rule& rule) {
    if (const auto* number = value.get_ptr<const json::number_unsigned_t*>()) return *number;
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr || !rule.is_size) return std::nullopt;
    return parse_size(*text);
}

std::optional<std::uint64_t> checked_number(const json& value, const Rule& rule, const std::string& shown,
                                            const Report& report) {
    const auto number = whole_number(value, rule);
    if (number && *number >= rule.least && *number <= rule.most) return number;
    report.add(shown, rule.is_size ? "must be a size from " + print_size(rule.least) + " to " + print_size(rule.most) +
                                         ": bytes, or a number with KiB, MiB, GiB or TiB"
                                   : "must be a whole number from " + std::to_string(rule.least) + " to " +
                                         std::to_string(rule.most));
    return std::nullopt;
}

std::vector<std::string> split(const std::string& text) {
    constexpr std::string_view spaces = " \t";
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        std::string_view part(text.data() + begin, end - begin);
        part.remove_prefix(std::min(part.find_first_not_of(spaces), part.size()));
        part = part.substr(0, part.find_last_not_of(spaces) + 1);
        if (!part.empty()) parts.emplace_back(part);
        begin = end + 1;
    }
    return parts;
}

}  // namespace

void read_into(const json& value, std::string& out, const Rule& rule, const std::string& shown, const Report& report) {
    if (const auto* text = checked_text(value, rule, shown, report)) out = *text;
}

void read_into(const json& value, std::optional<std::string>& out, const Rule& rule, const std::string& shown,
               const Report& report) {
    if (value.is_null()) {
        out.reset();
        return;
    }
    if (const auto* text = checked_text(value, rule, shown, report)) out = *text;
}

void read_into(const json& value, std::filesystem::path& out, const Rule& rule, const std::string& shown,
               const Report& report) {
    if (const auto* text = checked_text(value, rule, shown, report)) out = *text;
}

void read_into(const json& value, bool& out, const Rule&, const std::string& shown, const Report& report) {
    const auto* flag = value.get_ptr<const bool*>();
    if (flag == nullptr) return report.add(shown, "must be true or false");
    out = *flag;
}

void read_into(const json& value, std::optional<bool>& out, const Rule&, const std::string& shown,
               const Report& report) {
    const auto* flag = value.get_ptr<const bool*>();
    if (flag == nullptr && !value.is_null()) return report.add(shown, "must be true or false");
    out = flag == nullptr ? std::nullopt : std::optional(*flag);
}

void read_into(const json& value, unsigned& out, const Rule& rule, const std::string& shown, const Report& report) {
    if (const auto number = checked_number(value, rule, shown, report)) out = static_cast<unsigned>(*number);
}

void read_into(const json& value, std::size_t& out, const Rule& rule, const std::string& shown, const Report& report) {
    if (const auto number = checked_number(value, rule, shown, report)) out = *number;
}

// The number 0 stands for no limit.
void read_into(const json& value, std::optional<PerSecond>& out, const Rule& rule, const std::string& shown,
               const Report& report) {
    const auto number = checked_number(value, rule, shown, report);
    if (!number) return;
    out.reset();
    if (*number > 0) out = PerSecond{*number};
}

void read_into(const json& value, std::chrono::milliseconds& out, const Rule& rule, const std::string& shown,
               const Report& report) {
    const auto* text = value.get_ptr<const std::string*>();
    const auto length = text == nullptr ? std::nullopt : parse_duration(*text);
    if (!length)
        return report.add(shown, "must be a duration with a unit, such as \"250ms\", \"1s\", \"5m\" or \"1h\"");
    const auto count = static_cast<std::uint64_t>(length->count());
    if (count < rule.least || count > rule.most)
        return report.add(shown, "must be from " + print_duration(rule.least) + " to " + print_duration(rule.most));
    out = *length;
}

void read_into(const json& value, std::vector<std::string>& out, const Rule& rule, const std::string& shown,
               const Report& report) {
    if (!value.is_array()) return report.add(shown, "must be a list of texts");
    const std::size_t before = report.count();
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto* text = checked_text(value[i], rule, shown + "[" + std::to_string(i) + "]", report);
        texts.push_back(text == nullptr ? std::string() : *text);
    }
    if (value.empty() && rule.needs_entry) return report.add(shown, "must have at least one entry");
    const bool all_good = report.count() == before;
    if (all_good || rule.choices.empty()) out = std::move(texts);  // "" is none of the choices
}

void read_into(const json& value, Secret& out, const Rule& rule, const std::string& shown, const Report& report) {
    if (const auto* text = checked_text(value, rule, shown, report)) out = Secret(*text);
}

json json_of_variable(const std::string& text, Shape shape) {
    if (shape == Shape::List) return split(text);
    if (shape == Shape::Flag && (text == "true" || text == "1")) return true;
    if (shape == Shape::Flag && (text == "false" || text == "0")) return false;
    if (shape == Shape::Number)
        if (const auto number = parse_whole(text)) return *number;
    return text;
}

Shape shape_of(const std::string&) { return Shape::Text; }
Shape shape_of(const std::optional<std::string>&) { return Shape::Text; }
Shape shape_of(const std::filesystem::path&) { return Shape::Text; }
Shape shape_of(bool) { return Shape::Flag; }
Shape shape_of(const std::optional<bool>&) { return Shape::Flag; }
Shape shape_of(unsigned) { return Shape::Number; }
Shape shape_of(std::size_t) { return Shape::Number; }
Shape shape_of(const std::optional<PerSecond>&) { return Shape::Number; }
Shape shape_of(std::chrono::milliseconds) { return Shape::Text; }
Shape shape_of(const std::vector<std::string>&) { return Shape::List; }
Shape shape_of(const Secret&) { return Shape::Text; }

}  // namespace pinrelay::config
