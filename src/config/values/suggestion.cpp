#include "suggestion.hpp"

#include "pinrelay/core/nearest_name.hpp"

namespace pinrelay::config {

std::string suggestion(std::string_view name, std::span<const std::string_view> known) {
    const auto nearest = nearest_name(name, known);
    return nearest ? "; is \"" + std::string(*nearest) + "\" meant?" : std::string();
}

std::string unknown_name(std::string_view name, std::span<const std::string_view> known) {
    return "is not known" + suggestion(name, known);
}

}  // namespace pinrelay::config
