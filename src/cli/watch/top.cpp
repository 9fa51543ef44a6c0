#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <thread>

#include "cli/admin_port.hpp"
#include "commands.hpp"
#include "screen.hpp"
#include "status_text.hpp"
#include "terminal.hpp"

namespace pinrelay::cli {
namespace {

constexpr std::chrono::seconds top_patience{5};

// Restores the terminal however the command ends.
class AlternateScreen {
public:
    AlternateScreen() {
        end_with_signals(leave_screen);
        show(enter_screen);
    }
    ~AlternateScreen() {
        std::fputs(leave_screen, stdout);
        std::fflush(stdout);
    }
    AlternateScreen(const AlternateScreen&) = delete;
    AlternateScreen& operator=(const AlternateScreen&) = delete;

    static void show(std::string_view text) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        if (std::fflush(stdout) != 0) throw std::runtime_error("the terminal cannot be written");
    }
};

// A relay that does not answer may come back.
std::string text_of(const AdminAnswer& answer, bool coloured) {
    if (answer.status != 200) return problem_of(answer) + "\n";
    const auto status = status_text(answer.text, coloured);
    return status ? status->text : "the answer of " + answer.address + " is not a relay's status\n";
}

}  // namespace

int top(const WatchOptions& options) {
    if (::isatty(STDOUT_FILENO) != 1)
        throw std::runtime_error("`top` needs a terminal; `pinrelay status` prints the same once");
    const bool coloured = takes_colour(STDOUT_FILENO);
    auto answer = ask_admin_port(options.of_config, "GET", "/status", top_patience);
    if (answer.status != 200) throw std::runtime_error(problem_of(answer));
    const AlternateScreen screen;
    while (true) {
        screen.show(screen_text(text_of(answer, coloured), screen_size()));
        std::this_thread::sleep_for(std::chrono::seconds(options.every));
        answer = ask_admin_port(options.of_config, "GET", "/status", top_patience);
    }
}

}  // namespace pinrelay::cli
