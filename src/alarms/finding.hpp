#pragma once

#include <optional>
#include <set>
#include <string>

#include "pinrelay/alarms/kind.hpp"

namespace pinrelay::alarms {

// What one look found out about one alarm.
struct Finding {
    Kind kind = Kind::Paused;
    std::string account;
    std::optional<bool> holds;  // nothing: not known now, so it stays as it was
    std::set<std::string> subjects{};
    std::string text{};    // one sentence, of a beginning where it holds and of an end where it does not
    std::string advice{};  // only where it holds
};

}  // namespace pinrelay::alarms
