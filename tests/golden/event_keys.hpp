#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace pinrelay::test {

// The dotted paths of the keys of a finished event that hold values: "custom_data.value". Keys of the objects of a list
// have the list's path, which is one of them as well.
inline std::set<std::string> keys_of_event(const nlohmann::json& object, const std::string& above = "") {
    std::set<std::string> keys;
    for (const auto& [key, value] : object.items()) {
        const std::string path = above + key;
        if (value.is_object()) {
            keys.merge(keys_of_event(value, path + "."));
            continue;
        }
        keys.insert(path);
        if (!value.is_array()) continue;
        for (const auto& each : value)
            if (each.is_object()) keys.merge(keys_of_event(each, path + "."));
    }
    return keys;
}

}  // namespace pinrelay::test
