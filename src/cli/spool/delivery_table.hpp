#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::cli {

// How one account's delivery fares, as the admin port of a running relay says it.
struct DeliveryState {
    std::string delivery;  // "working", "failing", "paused"
    std::string reason;
    std::string last_answer;
    std::optional<Time> since;
    std::optional<Time> next_try;
    std::optional<Time> answered;
    std::string attempts;
    std::string waiting_alone;
};
struct DeliveryAnswer {
    std::string process;  // the relay's
    std::map<std::string, DeliveryState> accounts;
};

// Reads the body of GET /accounts; nothing for anything else.
std::optional<DeliveryAnswer> read_delivery_answer(const std::string& body);

// One row for each of the accounts. One that the running relay does not know is "not configured".
std::vector<std::vector<std::string>> delivery_table(const std::vector<std::string>& accounts,
                                                     const DeliveryAnswer& answer, Time now);

}  // namespace pinrelay::cli
