#include "pinrelay/model/value.hpp"
#include "quick_json.hpp"
#include "strict_json.hpp"

namespace pinrelay::model {

std::variant<Value, ParseError> parse_json(std::string_view text, ParseLimits limits) {
    if (auto value = quick_json(text, limits)) return std::move(*value);
    return strict_json(text, limits);
}

}  // namespace pinrelay::model
