#include "pinrelay/model/value.hpp"
#include "quick_json.hpp"
#include "strict_json.hpp"

namespace pinrelay::model {

std::variant<Value, ParseError> parse_json(std::string_view text, Arena& arena, ParseLimits limits) {
    if (const auto value = quick_json(text, arena, limits)) return *value;
    return strict_json(text, arena, limits);
}

}  // namespace pinrelay::model
