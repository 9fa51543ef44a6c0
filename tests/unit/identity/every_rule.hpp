#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "pinrelay/identity/digest.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {

struct NamedRule {
    std::string_view name;
    std::optional<std::string> (*apply)(std::string_view text);
};

// Every rule that may give nothing, with a country where one is asked for.
inline constexpr std::array every_rule = {
    NamedRule{"lower_nfc", lower_nfc},
    NamedRule{"email", email},
    NamedRule{"name", name},
    NamedRule{"gender", gender},
    NamedRule{"birth_date", birth_date},
    NamedRule{"city", city},
    NamedRule{"country", country},
    NamedRule{"region", [](std::string_view text) { return region(text, "US"); }},
    NamedRule{"region's country", [](std::string_view text) { return region("California", text); }},
    NamedRule{"postal_code", [](std::string_view text) { return postal_code(text, "GB"); }},
    NamedRule{"external_id", external_id},
    NamedRule{"external_id_exact", external_id_exact},
    NamedRule{"advertising_id", advertising_id},
    NamedRule{"phone", [](std::string_view text) { return phone(text, "US"); }},
    NamedRule{"phone's region", [](std::string_view text) { return phone("+14155552671", text); }},
    NamedRule{"public_address", public_address},
    NamedRule{"existing_digest", existing_digest},
};

}  // namespace pinrelay::identity
