#pragma once

#include <optional>
#include <string_view>

#include "pinrelay/model/value.hpp"

namespace pinrelay::decode {

// What the `ecommerce` object of an enhanced-ecommerce push says: its action key, not the push's `event`, tells the
// act.
struct EcommerceAction {
    std::string_view key;                // "purchase", "add", "impressions" …
    std::string_view event_name;         // in GA4's words; "" where the act is none that GA4 knows
    const model::Value* body = nullptr;  // what stands under the key
    bool holds_ga4_parameters = false;   // GA4 parameters in the old place, instead of products and actionField
};

// The action of an event's `ecommerce` object; nothing where there is none, as in GA4's own pushes. A push with several
// (a product view with the impressions of related products) is the weightiest of them.
std::optional<EcommerceAction> find_ecommerce_action(const model::Value& event);

// Whether an event of this name carries GA4 ecommerce parameters, so that it needs no action key to explain it.
bool is_ga4_ecommerce_name(std::string_view name) noexcept;

}  // namespace pinrelay::decode
