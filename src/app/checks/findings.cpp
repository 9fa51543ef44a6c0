#include "findings.hpp"

#include <algorithm>
#include <utility>

namespace pinrelay::app {

void Findings::problem(std::string_view key, std::string_view part, std::optional<std::string> reason) {
    add(loaded_.problems, key, part, std::move(reason));
}

void Findings::written(const std::string& path, std::string reason, bool is_problem) {
    const auto is_it = [&path](const config::Problem& problem) { return problem.key == path; };
    auto& list = is_problem ? loaded_.problems : loaded_.warnings;
    if (std::ranges::any_of(loaded_.problems, is_it)) return;
    const auto found = loaded_.origins.problem(path, "", std::move(reason));
    const auto is_same = [&found](const config::Problem& other) { return other.text() == found.text(); };
    if (std::ranges::none_of(list, is_same)) list.push_back(found);
}

void Findings::variable_problem(std::string variable, std::string reason) {
    loaded_.problems.push_back({"environment", std::move(variable), std::move(reason)});
}

void Findings::warning(std::string_view key, std::string_view part, std::optional<std::string> reason) {
    add(loaded_.warnings, key, part, std::move(reason));
}

void Findings::add(std::vector<config::Problem>& list, std::string_view key, std::string_view part,
                   std::optional<std::string> reason) const {
    const bool known = part.starts_with('[') ? loaded_.origins.is_entry_known(key, part) : is_known(key);
    if (!reason || !known) return;
    auto found = loaded_.origins.problem(key, part, std::move(*reason));
    const std::string text = found.text();
    if (std::ranges::any_of(list, [&](const config::Problem& other) { return other.text() == text; })) return;
    list.push_back(std::move(found));
}

}  // namespace pinrelay::app
