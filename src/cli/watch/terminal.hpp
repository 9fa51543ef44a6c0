#pragma once

#include <cstddef>

namespace pinrelay::cli {

// Whether the descriptor is a terminal that shows colours; never where NO_COLOR is set (no-color.org).
bool takes_colour(int descriptor);

struct ScreenSize {
    std::size_t rows = 24;
    std::size_t columns = 80;
};

// Of the terminal behind standard output; the usual size where it does not know its own.
ScreenSize screen_size();

// From now on SIGINT and SIGTERM write `last_words` to standard output and end the process with exit code 0.
// `last_words` must live as long as the process.
void end_with_signals(const char* last_words);

}  // namespace pinrelay::cli
