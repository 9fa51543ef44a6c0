#include "pinrelay/identity/person_values.hpp"

#include <algorithm>

namespace pinrelay::identity {

void PersonValues::add(std::string value) {
    if (std::ranges::find(values_, value) != values_.end()) return;
    if (values_.size() == most_person_values) {
        ++left_out_;
        return;
    }
    values_.push_back(std::move(value));
}

std::string text_of_left_out(std::size_t count) {
    return std::to_string(count) + " values beyond the first " + std::to_string(most_person_values) + " are left out";
}

}  // namespace pinrelay::identity
