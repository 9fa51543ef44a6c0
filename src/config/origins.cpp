#include "pinrelay/config/origins.hpp"

#include <algorithm>

namespace pinrelay::config {
namespace {

constexpr std::string_view of_the_environment = "environment";

// Whether `key` is `whole` or something inside it: "collect.debug" and "collect[0]" are inside "collect".
bool is_within(std::string_view key, std::string_view whole) {
    if (!key.starts_with(whole)) return false;
    return key.size() == whole.size() || key[whole.size()] == '.' || key[whole.size()] == '[';
}

}  // namespace

void Origins::set_by(const std::string& key, std::string variable) {
    std::erase_if(doubts_, [&key](const std::string& doubt) { return is_within(doubt, key); });
    variables_[key] = std::move(variable);
}

bool Origins::is_known(std::string_view key) const {
    const bool in_environment = variables_.contains(key);
    const auto concerns_it = [&](const std::string& doubt) {
        return is_within(doubt, key) || (!in_environment && is_within(key, doubt));
    };
    return (in_environment || !file_is_unread_) && std::ranges::none_of(doubts_, concerns_it);
}

bool Origins::is_entry_known(std::string_view key, std::string_view part) const {
    const std::string entry = std::string(key).append(part);
    const bool in_environment = variables_.contains(key);
    const auto concerns_it = [&](const std::string& doubt) {
        return is_within(doubt, entry) || doubt == key || (!in_environment && is_within(entry, doubt));
    };
    return (in_environment || !file_is_unread_) && std::ranges::none_of(doubts_, concerns_it);
}

Problem Origins::problem(std::string_view key, std::string_view part, std::string reason) const {
    const bool in_environment = variables_.contains(key);
    return {in_environment ? std::string(of_the_environment) : where_, name(key).append(part), std::move(reason)};
}

std::string Origins::name(std::string_view key) const {
    const auto variable = variables_.find(key);
    return variable == variables_.end() ? std::string(key) : variable->second;
}

}  // namespace pinrelay::config
