#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/destination/destination.hpp"

namespace pinrelay::destinations::pinterest {

// The warnings of one event. A repeated code on the same field says nothing new and is not kept, so that two hundred
// bad lines give one warning.
class WarningList {
public:
    void add(std::string_view code, std::string_view field, std::string_view message) {
        for (const auto& known : warnings_)
            if (known.code == code && known.field == field) return;
        warnings_.push_back({code, std::string(field), std::string(message)});
    }

    std::vector<destination::Warning> take() { return std::move(warnings_); }
    const std::vector<destination::Warning>& all() const noexcept { return warnings_; }

private:
    std::vector<destination::Warning> warnings_;
};

}  // namespace pinrelay::destinations::pinterest
