#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/config/config.hpp"

namespace pinrelay::app {

// What the parts of `check` find, under the names by which the operator has set the keys. Nothing about a key whose
// value is in doubt, and nothing twice: accounts share their common mapping.
class Findings {
public:
    explicit Findings(config::Loaded& loaded) : loaded_(loaded) {}

    const config::Config& config() const noexcept { return loaded_.config; }
    bool is_known(std::string_view key) const { return loaded_.origins.is_known(key); }
    bool has_problems() const noexcept { return !loaded_.problems.empty(); }

    // `part` is what follows the key: "[1]". Nothing happens without a reason.
    void problem(std::string_view key, std::string_view part, std::optional<std::string> reason);
    // Of something inside a list or an object of the file, by its whole path. Left out where that path has a problem.
    void written(const std::string& path, std::string reason, bool is_problem);
    void variable_problem(std::string variable, std::string reason);  // of a variable without a key
    void warning(std::string_view key, std::string_view part, std::optional<std::string> reason);

private:
    void add(std::vector<config::Problem>& list, std::string_view key, std::string_view part,
             std::optional<std::string> reason) const;

    config::Loaded& loaded_;
};

}  // namespace pinrelay::app
