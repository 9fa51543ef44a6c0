#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace pinrelay::cli {
namespace {

std::atomic<const char*> words_at_end = nullptr;

// Only what a signal handler may call.
void end_here(int) {
    const char* words = words_at_end.load();
    if (words != nullptr && ::write(STDOUT_FILENO, words, std::strlen(words)) < 0) std::_Exit(1);
    std::_Exit(0);
}

}  // namespace

bool takes_colour(int descriptor) {
    // NOLINTBEGIN(concurrency-mt-unsafe): nothing changes the environment
    const char* unwanted = std::getenv("NO_COLOR");
    const char* kind = std::getenv("TERM");
    // NOLINTEND(concurrency-mt-unsafe)
    if (unwanted != nullptr && *unwanted != '\0') return false;
    return ::isatty(descriptor) == 1 && kind != nullptr && std::string_view(kind) != "dumb";
}

ScreenSize screen_size() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return {};
    return {size.ws_row, size.ws_col};
}

void end_with_signals(const char* last_words) {
    words_at_end = last_words;
    std::signal(SIGINT, end_here);
    std::signal(SIGTERM, end_here);
}

}  // namespace pinrelay::cli
