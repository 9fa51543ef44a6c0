#include "field_text.hpp"

#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {

std::optional<std::string_view> field_text(std::string_view text) noexcept {
    return text.size() > longest_text ? std::nullopt : present(text);
}

Problem problem_of_field(std::string_view text) noexcept {
    return text.size() > longest_text ? Problem::TooLong : Problem::Absent;
}

}  // namespace pinrelay::identity
