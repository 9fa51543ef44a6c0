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

template <Normalised rule(std::string_view)>
std::optional<std::string> as_optional(std::string_view text) {
    return rule(text);
}

// Every rule that may give nothing, with a country where one is asked for.
inline constexpr std::array every_rule = {
    NamedRule{"lower_nfc", lower_nfc},
    NamedRule{"email", as_optional<email>},
    NamedRule{"name", as_optional<name>},
    NamedRule{"gender", as_optional<gender>},
    NamedRule{"birth_date", as_optional<birth_date>},
    NamedRule{"city", as_optional<city>},
    NamedRule{"country", as_optional<country>},
    NamedRule{"region", [](std::string_view text) -> std::optional<std::string> { return region(text, "US"); }},
    NamedRule{"region's country",
              [](std::string_view text) -> std::optional<std::string> { return region("California", text); }},
    NamedRule{"postal_code",
              [](std::string_view text) -> std::optional<std::string> { return postal_code(text, "GB"); }},
    NamedRule{"external_id", as_optional<external_id>},
    NamedRule{"external_id_exact", as_optional<external_id_exact>},
    NamedRule{"advertising_id", as_optional<advertising_id>},
    NamedRule{"phone", [](std::string_view text) -> std::optional<std::string> { return phone(text, "US"); }},
    NamedRule{"phone's region",
              [](std::string_view text) -> std::optional<std::string> { return phone("+14155552671", text); }},
    NamedRule{"public_address", as_optional<public_address>},
    NamedRule{"existing_digest", existing_digest},
};

}  // namespace pinrelay::identity
