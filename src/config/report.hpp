#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pinrelay/config/config.hpp"

namespace pinrelay::config {

// Collects what is wrong in one place: a file, or the environment. With `origins`, a key with a problem is in doubt
// from then on, so that nothing false is said about the default that it has kept.
class Report {
public:
    Report(std::string where, std::vector<Problem>& problems, Origins* origins = nullptr)
        : where_(std::move(where)), problems_(problems), origins_(origins) {}

    void add(std::string key, std::string reason) const {
        doubt(key);
        problems_.push_back({where_, std::move(key), std::move(reason)});
    }

    // A key that is meant by something else in this place, such as a misspelt name.
    void doubt(std::string_view key) const {
        if (origins_ != nullptr) origins_->doubt(std::string(key));
    }

    std::size_t count() const noexcept { return problems_.size(); }

private:
    std::string where_;
    std::vector<Problem>& problems_;
    Origins* origins_;
};

}  // namespace pinrelay::config
