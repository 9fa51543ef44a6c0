#include "proxy.hpp"

#include <array>

namespace pinrelay::config {
namespace {

// The first that is set counts.
constexpr std::array proxy_variables = {"https_proxy", "HTTPS_PROXY"};
constexpr std::array exemption_variables = {"no_proxy", "NO_PROXY"};
constexpr std::string_view direct = "none";

}  // namespace

void resolve_proxy(Config& config, const Environment& environment) {
    if (!config.proxy.empty()) {
        if (config.proxy.reveal() == direct) config.proxy = Secret();
        return;
    }
    for (const std::string name : proxy_variables) {
        auto url = environment.get(name);
        if (!url) continue;
        config.proxy = Secret(std::move(*url));
        config.proxy_variable = name;
        break;
    }
    for (const std::string name : exemption_variables) {
        auto hosts = environment.get(name);
        if (!hosts) continue;
        config.no_proxy = std::move(*hosts);
        break;
    }
}

}  // namespace pinrelay::config
