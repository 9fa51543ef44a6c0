#include <cstdio>

#include "admin_port.hpp"
#include "commands.hpp"

namespace pinrelay::cli {
namespace {

constexpr std::chrono::seconds patience{3};

}  // namespace

int health(const Options& options) {
    const auto answer = ask_admin_port(options, "GET", options.ready ? "/readyz" : "/healthz", patience);
    if (answer.status == 200) return 0;
    const std::string asked =
        answer.status == 0 ? "" : answer.address + ": status " + std::to_string(answer.status) + ", ";
    std::fprintf(stderr, "pinrelay: %s%s\n", asked.c_str(), answer.text.c_str());
    return 1;
}

}  // namespace pinrelay::cli
