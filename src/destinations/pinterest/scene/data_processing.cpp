#include "data_processing.hpp"

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {

bool limits_data_processing(const model::Event& event) {
    if (event.consent.sale_opt_out) return true;
    if (!event.opt_out_type) return false;
    std::string_view rest = *event.opt_out_type;
    while (true) {
        const auto comma = rest.find(',');
        if (ascii::equals_ignoring_case(identity::trim(rest.substr(0, comma)), limited_data_processing)) return true;
        if (comma == std::string_view::npos) return false;
        rest.remove_prefix(comma + 1);
    }
}

}  // namespace pinrelay::destinations::pinterest
