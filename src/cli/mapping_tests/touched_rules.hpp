#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/config/config.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::cli {

// Which mapping rules the events of some explanations have met.
class TouchedRules {
public:
    // `event` is one of a report.
    void note(const model::Value& event);

    // The rules of the configuration that no event has met, and their parameters that set nothing, as keys of it; each
    // once.
    std::vector<std::string> untouched(const config::Config& config) const;

private:
    using Pair = std::pair<std::string, std::string>;

    std::set<Pair> events_;                              // account, GA4 name
    std::set<std::pair<Pair, std::string>> parameters_;  // of these events, that the configuration has set
};

}  // namespace pinrelay::cli
