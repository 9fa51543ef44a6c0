#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "pinrelay/core/logger.hpp"

namespace pinrelay::app {

// `msg="a sentence" key=value other="two words"`: one line whatever the values hold, since quotes, backslashes and
// control bytes are escaped.
std::string logfmt(std::string_view sentence, std::initializer_list<LogField> fields);

}  // namespace pinrelay::app
