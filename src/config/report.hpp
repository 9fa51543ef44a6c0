#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pinrelay/config/config.hpp"

namespace pinrelay::config {

// Collects what is wrong in one place: a file, or the environment.
class Report {
public:
    Report(std::string where, std::vector<Problem>& problems) : where_(std::move(where)), problems_(problems) {}

    void add(std::string key, std::string reason) const {
        problems_.push_back({where_, std::move(key), std::move(reason)});
    }

private:
    std::string where_;
    std::vector<Problem>& problems_;
};

}  // namespace pinrelay::config
