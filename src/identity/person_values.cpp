#include "pinrelay/identity/person_values.hpp"

namespace pinrelay::identity {

std::string text_of_left_out(std::size_t count) {
    return std::to_string(count) + " values beyond the first " + std::to_string(most_person_values) + " are left out";
}

}  // namespace pinrelay::identity
