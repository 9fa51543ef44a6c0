#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checks.hpp"
#include "pinrelay/config/units.hpp"
#include "pinrelay/http/networks.hpp"
#include "pinrelay/net/server.hpp"

namespace pinrelay::app {
namespace {

std::optional<std::string> problem_of_network(const std::string& entry) {
    try {
        const http::Networks network({entry});
        return std::nullopt;
    } catch (const std::invalid_argument&) {
    }
    if (entry.find_first_of(" ;") != std::string::npos)
        return "holds several entries in one text: separate them by commas in a variable, and write a list in a file";
    if (entry.find('/') != std::string::npos) return "is no CIDR block, such as 10.0.0.0/8 or fd00::/8";
    return "is neither an address nor a CIDR block; names of hosts are not looked up: give the address (127.0.0.1 and "
           "::1 for localhost) or the network (172.16.0.0/12 for Docker's)";
}

// "0.0.0.0/0": all of them, or the half.
bool is_nearly_everybody(const std::string& entry) {
    constexpr std::uint64_t narrowest_v4 = 8;
    constexpr std::uint64_t narrowest_v6 = 7;  // fc00::/7 is all that is private
    const auto slash = entry.find('/');
    if (slash == std::string::npos) return false;
    const auto bits = config::parse_whole(std::string_view(entry).substr(slash + 1));
    return bits && *bits < (entry.find(':') == std::string::npos ? narrowest_v4 : narrowest_v6);
}

void check_each(Findings& findings, const std::string& key, const std::vector<std::string>& entries) {
    for (std::size_t i = 0; i < entries.size(); ++i)
        findings.problem(key, "[" + std::to_string(i) + "]", problem_of_network(entries[i]));
}

}  // namespace

void check_ports(Findings& findings) {
    const auto& config = findings.config();
    findings.problem("listen", "", net::problem_of_listen_address(config.listen));
    findings.problem("admin", "", net::problem_of_listen_address(config.admin));
    if (!findings.is_known("listen") || !findings.is_known("admin")) return;
    if (!net::listen_addresses_meet(config.listen, config.admin)) return;
    const bool is_default = config.admin == config::Config().admin;
    findings.problem(is_default ? "listen" : "admin", "",
                     std::string("is the same port as \"") + (is_default ? "admin" : "listen") +
                         "\": give one of them another port");
}

void check_networks(Findings& findings) {
    const auto& config = findings.config();
    check_each(findings, "collect.trusted_proxies", config.trusted_proxies);
    for (std::size_t i = 0; i < config.trusted_proxies.size(); ++i)
        if (is_nearly_everybody(config.trusted_proxies[i]))
            findings.warning(
                "collect.trusted_proxies", "[" + std::to_string(i) + "]",
                "covers the visitors' own addresses: these are then not read, and everybody can name another "
                "one; give the addresses of your proxies only");
    if (config.proxy_protocol && config.trusted_proxies.empty() && findings.is_known("collect.trusted_proxies"))
        findings.warning(
            "collect.proxy_protocol", "",
            "has no effect: only proxies of collect.trusted_proxies may send a PROXY header, and there are "
            "none");
    for (std::size_t i = 0; i < config.accounts.size(); ++i)
        check_each(findings, config::account_path(i) + ".allow_networks", config.accounts[i].allow_networks);
}

}  // namespace pinrelay::app
