#pragma once

#include <optional>
#include <span>
#include <string>

namespace CLI {
class App;
}

namespace pinrelay::cli {

// The first argument that is no command or option where it stands, as a sentence with the one that seems to be meant:
// `"server" is no command; is "serve" meant?`. Where a command is missing, the sentence names those that there are.
// Nothing where every argument is known. For a command line that CLI11 has
// refused; `arguments` are those behind the program's name. Pure.
std::optional<std::string> misspelling(const CLI::App& app, std::span<const std::string> arguments);

}  // namespace pinrelay::cli
