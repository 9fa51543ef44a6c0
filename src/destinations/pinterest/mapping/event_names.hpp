#pragma once

#include <string_view>
#include <vector>

#include "pinrelay/destinations/pinterest/settings.hpp"

namespace pinrelay::destinations::pinterest {

// One GA4 name in both profiles. An empty target is "not forwarded".
struct NameRow {
    std::string_view ga4;
    std::string_view standard;
    std::string_view extended;
    std::string_view custom_name = {};  // what a `custom` target stands for
    bool app_only = false;              // not forwarded from a web page

    std::string_view target(Profile profile) const noexcept {
        return profile == Profile::Standard ? standard : extended;
    }
};

inline constexpr std::string_view custom_event = "custom";
inline constexpr std::string_view sale_event = "checkout";

// The row of exactly that GA4 name; null pointer where the tables do not know it.
const NameRow* find_row(std::string_view ga4_name) noexcept;

// Every row, for the document's test.
const std::vector<NameRow>& name_rows();

// The Pinterest name that is written there in any of its spellings: "AddToCart", "addToCart", "addtocart",
// "add-to-cart". Empty where it is none.
std::string_view pinterest_spelling(std::string_view name) noexcept;

// Equal but for case and separators ('_', '-', ' ').
bool same_spelling(std::string_view a, std::string_view b) noexcept;

// Exactly one of Pinterest's names, as the API spells them.
bool is_standard_name(std::string_view name) noexcept;

// The name for counting: one of Pinterest's, or "other".
std::string_view label_of(std::string_view name) noexcept;

// What Pinterest takes as the name of an advertiser's own event: 1 to 100 letters, digits, '_' and '-'.
bool is_sendable_name(std::string_view name) noexcept;

}  // namespace pinrelay::destinations::pinterest
