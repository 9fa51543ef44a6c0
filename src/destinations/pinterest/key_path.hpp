#pragma once

#include <string>
#include <string_view>

namespace pinrelay::destinations::pinterest {

// Where in the event a member stands: its key, and the path of what holds it. Members of a list have the list's path.
// Its text, "custom_data.value", is made only where somebody reads it. Lives as long as what holds it is being walked.
struct KeyPath {
    const KeyPath* above;
    std::string_view key;

    std::string text() const { return (above == nullptr ? "" : above->text() + ".") + std::string(key); }

    bool is(std::string_view path) const noexcept {
        if (!path.ends_with(key)) return false;
        path.remove_suffix(key.size());
        if (above == nullptr || path.empty()) return above == nullptr && path.empty();
        return path.back() == '.' && above->is(path.substr(0, path.size() - 1));
    }
};

}  // namespace pinrelay::destinations::pinterest
