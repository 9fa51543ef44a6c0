#include <cstdio>
#include <stdexcept>
#include <string>

#include "admin_port.hpp"
#include "commands.hpp"

namespace pinrelay::cli {
namespace {

constexpr std::chrono::seconds reload_patience{30};  // token files may lie on a slow mount
constexpr int refused = 409;
constexpr int wrong_token = 401;

}  // namespace

int reload(const Options& options) {
    const auto answer = ask_admin_port(options, "POST", "/reload", reload_patience);
    if (answer.status == 200) {
        std::printf("the new configuration is in force\n");
        return 0;
    }
    if (answer.status == 0) throw std::runtime_error(answer.text);
    if (answer.status == wrong_token)
        throw std::runtime_error(
            answer.address +
            " does not accept the token of the configuration; if you changed it, send SIGHUP to the "
            "relay: it reloads, too");
    if (answer.status != refused)
        throw std::runtime_error(answer.address + " is no admin port of a relay: status " +
                                 std::to_string(answer.status));
    std::fprintf(stderr, "the configuration stays as it was: %s\n", answer.text.c_str());
    return 1;
}

}  // namespace pinrelay::cli
