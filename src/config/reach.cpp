#include "reach.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"

namespace pinrelay::config {

namespace {

using TextList = std::vector<std::string>;
using Covers = bool (*)(std::string_view wide, std::string_view narrow);

// What is served behind every prefix and at the root. docs/formats.md lists the endpoints.
constexpr std::array<std::string_view, 4> served_behind = {"/g/collect", "/mp/collect", "/data", "/debug"};

constexpr std::array route_keys = {"measurement_ids", "hosts", "paths"};

bool is_same(std::string_view wide, std::string_view narrow) { return wide == narrow; }

bool host_covers(std::string_view wide, std::string_view narrow) {
    const std::string wide_host = ascii::in_lower_case(without_trailing_dot(wide));
    const std::string narrow_host = ascii::in_lower_case(without_trailing_dot(narrow));
    if (!wide_host.starts_with("*.")) return wide_host == narrow_host;
    return wide_host == narrow_host || narrow_host.ends_with(std::string_view(wide_host).substr(1));
}

bool path_covers(std::string_view wide, std::string_view narrow) {
    while (!wide.empty() && wide.back() == '/') wide.remove_suffix(1);
    return narrow.starts_with(wide) && (narrow.size() == wide.size() || narrow[wide.size()] == '/');
}

// Whether whatever the narrow list takes the wide one takes, too. An empty list takes everything.
bool list_covers(const TextList& wide, const TextList& narrow, Covers covers) {
    if (wide.empty()) return true;
    if (narrow.empty()) return false;
    return std::ranges::all_of(narrow, [&](const auto& text) {
        return std::ranges::any_of(wide, [&](const auto& other) { return covers(other, text); });
    });
}

bool takes_all_of(const Account& first, const Account& second) {
    return list_covers(first.measurement_ids, second.measurement_ids, is_same) &&
           list_covers(first.hosts, second.hosts, host_covers) && list_covers(first.paths, second.paths, path_covers);
}

bool is_served(std::string_view path, const TextList& prefixes) {
    const auto behind = [path](const std::string& base) {
        return std::ranges::any_of(
            served_behind, [&](std::string_view suffix) { return path_covers(path, base + std::string(suffix)); });
    };
    return behind("") || std::ranges::any_of(
                             prefixes, [&](const auto& prefix) { return path_covers(path, prefix) || behind(prefix); });
}

bool has_known_routes(const Origins& origins, std::size_t account) {
    return std::ranges::all_of(route_keys,
                               [&](const char* key) { return origins.is_known(account_path(account) + "." + key); });
}

}  // namespace

void report_unreachable(const Config& config, const Origins& origins, const Report& report) {
    for (std::size_t i = 0; i < config.accounts.size(); ++i) {
        const auto& account = config.accounts[i];
        const std::string shown = account_path(i);
        for (std::size_t path = 0; path < account.paths.size(); ++path)
            if (origins.is_known("collect.prefixes") && !is_served(account.paths[path], config.prefixes))
                report.add(shown + ".paths[" + std::to_string(path) + "]",
                           "no event comes there: it is not among collect.prefixes");
        for (std::size_t earlier = 0; earlier < i; ++earlier) {
            if (!has_known_routes(origins, earlier) || !has_known_routes(origins, i)) continue;
            const bool is_same_account = config.accounts[earlier].ad_account_id == account.ad_account_id;
            if (is_same_account && !account.ad_account_id.empty()) continue;  // that is its problem
            if (!takes_all_of(config.accounts[earlier], account)) continue;
            report.add(shown, "gets no event: accounts[" + std::to_string(earlier) +
                                  "] comes first and takes all of them; give that one \"hosts\", \"paths\" or "
                                  "\"measurement_ids\", or change the order");
            break;
        }
    }
}

}  // namespace pinrelay::config
