#pragma once

#include <string>

#include "pinrelay/config/config.hpp"

namespace pinrelay::app {

struct TestAlarm {
    bool taken = false;
    std::string answer;  // "status 200", or why there is none; nothing of the URL's path
};

// Sends a test message to the webhook of a configuration that `check` has found right, once, and waits for the answer:
// 20 seconds at most. Without a webhook nothing is sent. Blocks.
TestAlarm send_test_alarm(const config::Config& config);

}  // namespace pinrelay::app
