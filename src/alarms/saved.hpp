#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"

// Reads the members of a saved state. Each gives nothing for a member that is absent or of another type.
namespace pinrelay::alarms {

inline const nlohmann::json* find_member(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);  // the end of anything but an object
    return found == object.end() ? nullptr : &*found;
}

inline const std::string* find_text(const nlohmann::json& object, const char* key) {
    const auto* member = find_member(object, key);
    return member == nullptr ? nullptr : member->get_ptr<const std::string*>();
}

inline std::optional<std::int64_t> find_whole(const nlohmann::json& object, const char* key) {
    const auto* member = find_member(object, key);
    if (member == nullptr || !member->is_number_integer()) return std::nullopt;
    return member->get<std::int64_t>();
}

inline std::optional<bool> find_bool(const nlohmann::json& object, const char* key) {
    const auto* member = find_member(object, key);
    const auto* value = member == nullptr ? nullptr : member->get_ptr<const bool*>();
    return value == nullptr ? std::nullopt : std::optional(*value);
}

inline std::vector<const std::string*> find_texts(const nlohmann::json& object, const char* key) {
    std::vector<const std::string*> texts;
    const auto* member = find_member(object, key);
    if (member == nullptr || !member->is_array()) return texts;
    for (const auto& entry : *member)
        if (const auto* text = entry.get_ptr<const std::string*>()) texts.push_back(text);
    return texts;
}

inline std::int64_t seconds_of(Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

// A saved number may be any: one that is no time of this century would overflow.
inline std::optional<Time> find_time(const nlohmann::json& object, const char* key) {
    constexpr std::int64_t latest = 4'102'444'800;  // the year 2100
    const auto seconds = find_whole(object, key);
    if (!seconds || *seconds < 0 || *seconds > latest) return std::nullopt;
    return Time(std::chrono::seconds(*seconds));
}

}  // namespace pinrelay::alarms
