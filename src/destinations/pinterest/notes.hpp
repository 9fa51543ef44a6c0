#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pinrelay/destination/destination.hpp"

namespace pinrelay::destinations::pinterest {

// What is to be said of one event: its warnings and, if somebody asked for an explanation, where each of its values
// came from.
class Notes {
public:
    Notes() = default;
    explicit Notes(bool explains) : explains_(explains) {}

    // A repeated code on the same field says nothing new and is not kept, so that two hundred bad lines give one
    // warning.
    void warn(std::string_view code, std::string_view field, std::string_view message) {
        for (const auto& known : warnings_)
            if (known.code == code && known.field == field) return;
        warnings_.push_back({code, std::string(field), std::string(message)});
    }

    // Whether chose() has an effect.
    bool explains() const noexcept { return explains_; }

    // The value of a key of Pinterest's event came from there, by that rule. The first word for a key stands: what
    // chooses knows more than the table. An empty source is for values that the relay makes.
    void chose(std::string_view field, std::string_view source, std::string_view rule) {
        if (explains_ && std::ranges::find(origins_, field, &destination::Origin::field) == origins_.end())
            origins_.push_back({std::string(field), std::string(source), std::string(rule)});
    }

    // The same of a value that takes another's place.
    void replaced(std::string_view field, std::string_view source, std::string_view rule) {
        if (!explains_) return;
        std::erase_if(origins_, [field](const destination::Origin& known) { return known.field == field; });
        chose(field, source, rule);
    }

    std::vector<destination::Warning> take() { return std::move(warnings_); }
    std::vector<destination::Origin> take_origins() { return std::move(origins_); }
    const std::vector<destination::Warning>& all() const noexcept { return warnings_; }

private:
    bool explains_ = false;
    std::vector<destination::Warning> warnings_;
    std::vector<destination::Origin> origins_;
};

}  // namespace pinrelay::destinations::pinterest
