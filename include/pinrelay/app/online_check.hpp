#pragma once

#include <string>
#include <vector>

#include "pinrelay/config/config.hpp"

namespace pinrelay::app {

// What Pinterest says to a test event of one account.
struct OnlineFinding {
    std::string account;  // "pinterest:549755885175"
    bool good = false;
    std::string sentence;                 // what was found; names the likely cause where it is not good
    std::vector<std::string> warnings{};  // a clock that is wrong, Pinterest's own warnings
};

// Sends one test event for each account, which Pinterest checks and does not record (`?test=true`), and waits for the
// answers. Needs the network; a few seconds each. Throws std::exception for settings that `check` reports.
std::vector<OnlineFinding> check_online(const config::Config& config);

}  // namespace pinrelay::app
