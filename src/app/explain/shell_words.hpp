#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::app {

// The words of a command as a POSIX shell reads them: quotes of both kinds, $'…' with its escapes, backslashes, and
// lines that a backslash continues. Nothing where a quote is not closed. Nothing is expanded. Pure.
std::optional<std::vector<std::string>> shell_words(std::string_view command);

}  // namespace pinrelay::app
