#include <unistd.h>

#include <cstdio>
#include <stdexcept>

#include "cli/admin_port.hpp"
#include "commands.hpp"
#include "status_text.hpp"
#include "terminal.hpp"

namespace pinrelay::cli {
namespace {

constexpr std::chrono::seconds status_patience{10};

}  // namespace

int status(const WatchOptions& options) {
    const auto answer = ask_admin_port(options.of_config, "GET", "/status", status_patience);
    if (answer.status != 200) throw std::runtime_error(problem_of(answer));
    const auto status = status_text(answer.text, !options.json && takes_colour(STDOUT_FILENO));
    if (!status) throw std::runtime_error("the answer of " + answer.address + " is not a relay's status");
    std::printf("%s", options.json ? (answer.text + "\n").c_str() : status->text.c_str());
    if (std::fflush(stdout) != 0) throw std::runtime_error("the output could not be written");
    return status->is_well ? 0 : 1;
}

}  // namespace pinrelay::cli
