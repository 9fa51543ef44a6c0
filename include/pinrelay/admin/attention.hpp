#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::admin {

// Something that an operator should know or act on. No text holds personal data or a secret.
struct AttentionItem {
    enum class Urgency {
        Act,   // events are lost, refused or late until somebody acts
        Look,  // events may be lost, or will be
    };

    Urgency urgency = Urgency::Look;
    std::string kind;    // "account_paused", "store_full", "log" …
    std::string title;   // a short sentence
    std::string detail;  // may be empty
    std::string advice;  // what to do; may be empty
    std::optional<Time> since{};
    std::optional<Time> last{};  // of what was reported more than once
    std::uint64_t count = 1;
    std::vector<std::pair<std::string, std::string>> facts{};  // further names and values, for reading
};

}  // namespace pinrelay::admin
