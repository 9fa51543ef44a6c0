#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "pinrelay/core/logger.hpp"

namespace pinrelay::app {

// `"message":"a sentence","key":"value"`: the members of a JSON object that follow its time and level. Each value is a
// text. One line of well-formed UTF-8 whatever the values hold: what no reader must take for the end of a line or act
// on is escaped. A field with a name that the line uses itself ("time", "level", "message") gets a "_" behind it.
std::string json_members(std::string_view sentence, std::initializer_list<LogField> fields);

}  // namespace pinrelay::app
