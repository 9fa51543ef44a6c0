#pragma once

#include <optional>
#include <string_view>

#include "event_names.hpp"

namespace pinrelay::destinations::pinterest {

// What the tables make of a name as senders write it: in any case and with any separators ("AddToCart", "add-to-cart"),
// with what a vendor adds ("purchase_stape", "dl_purchase"), or in the words of Pinterest's own tag ("buy").
struct KnownName {
    const NameRow* row = nullptr;     // of the GA4 event that is meant; null pointer where `pinterest` says all
    std::string_view pinterest = {};  // Pinterest's own name
    std::string_view ga4 = {};        // the GA4 name that is meant; "" for names that only Pinterest has

    bool is_known() const noexcept { return row != nullptr || !pinterest.empty(); }
};

KnownName read_name(std::string_view name) noexcept;

// The name of the tables that differs least from an unknown one, if it is near enough to be meant.
std::optional<std::string_view> nearest_event_name(std::string_view name);

}  // namespace pinrelay::destinations::pinterest
