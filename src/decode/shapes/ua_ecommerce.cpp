#include "ua_ecommerce.hpp"

#include <algorithm>
#include <array>

#include "decode/text/scalar.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

struct Action {
    std::string_view key;
    std::string_view event_name;
};

// The weightiest first.
constexpr std::array actions = {
    Action{"purchase", "purchase"},
    Action{"refund", "refund"},
    Action{"checkout", "begin_checkout"},  // its later steps are checkout_progress
    Action{"add", "add_to_cart"},
    Action{"remove", "remove_from_cart"},
    Action{"detail", "view_item"},
    Action{"click", "select_item"},
    Action{"promoClick", "select_promotion"},
    Action{"checkout_option", ""},
    Action{"impressions", "view_item_list"},
    Action{"promoView", "view_promotion"},
};

constexpr std::array<std::string_view, 13> ga4_ecommerce_names = {
    "purchase",  "refund",           "begin_checkout",    "add_to_cart",      "remove_from_cart",
    "view_item", "select_item",      "view_item_list",    "select_promotion", "view_promotion",
    "view_cart", "add_payment_info", "add_shipping_info",
};

bool is_later_step(const Value& body) {
    const Value* step = body.at_pointer("/actionField/step");
    const auto text = step == nullptr ? std::nullopt : present_text(*step);
    return text && ascii::trimmed(*text) != "1";
}

bool holds_ga4_parameters(const Value& body) {
    return body.find("items") != nullptr || body.find("transaction_id") != nullptr;
}

}  // namespace

std::optional<EcommerceAction> find_ecommerce_action(const Value& event) {
    const Value* ecommerce = event.find("ecommerce");
    if (ecommerce == nullptr) return std::nullopt;
    for (const Action& action : actions) {
        const Value* body = ecommerce->find(action.key);
        if (body == nullptr || (!body->is_object() && !body->is_array())) continue;
        std::string_view name = action.event_name;
        if (action.key == "checkout" && is_later_step(*body)) name = "checkout_progress";
        return EcommerceAction{action.key, name, body, holds_ga4_parameters(*body) || holds_ga4_parameters(*ecommerce)};
    }
    return std::nullopt;
}

bool is_ga4_ecommerce_name(std::string_view name) noexcept {
    return std::ranges::find(ga4_ecommerce_names, name) != ga4_ecommerce_names.end();
}

}  // namespace pinrelay::decode
