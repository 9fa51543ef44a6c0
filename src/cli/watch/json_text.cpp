#include "json_text.hpp"

#include <charconv>
#include <chrono>

namespace pinrelay::cli {
namespace {

using model::Value;

std::optional<std::int64_t> whole_at(const Value& object, std::string_view key) {
    const std::string text = text_at(object, key);
    std::int64_t number = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) return std::nullopt;
    return number;
}

}  // namespace

std::string text_at(const Value& object, std::string_view key) {
    const Value* value = object.find(key);
    return value == nullptr ? std::string() : std::string(value->scalar_text().value_or(""));
}

std::uint64_t count_at(const Value& object, std::string_view key) {
    const auto number = whole_at(object, key);
    return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

std::optional<Time> time_at(const Value& object, std::string_view key) {
    const auto seconds = whole_at(object, key);
    return seconds ? std::optional(Time(std::chrono::seconds(*seconds))) : std::nullopt;
}

std::vector<std::string> texts_at(const Value& object, std::string_view key) {
    std::vector<std::string> texts;
    const Value* list = object.find(key);
    if (list == nullptr) return texts;
    for (const Value& each : list->items()) texts.emplace_back(each.scalar_text().value_or(""));
    return texts;
}

}  // namespace pinrelay::cli
