#include "name_reading.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/nearest_name.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

// What vendors add to GA4's names, so that their events do not meet the shop's own: Stape's apps for shops in the
// browser and on the server, Elevar's data layer. Longer ones first.
constexpr std::array<std::string_view, 2> vendor_suffixes = {"_stape_webhook", "_stape"};
constexpr std::array<std::string_view, 1> vendor_prefixes = {"dl_"};

struct NameAlias {
    std::string_view written;
    std::string_view meant;  // a GA4 name, or one of Pinterest's
};

constexpr std::array name_aliases = {
    // Pinterest's server-side template.
    NameAlias{"buy", "checkout"},
    NameAlias{"pay", "checkout"},
    NameAlias{"payment", "checkout"},
    NameAlias{"complete_registration", "signup"},
    // Stape's apps.
    NameAlias{"view_collection", "view_item_list"},
    NameAlias{"search_submitted", "search"},
    // Shopify's own events, as custom pixels get them.
    NameAlias{"checkout_completed", "purchase"},
    NameAlias{"checkout_started", "begin_checkout"},
    NameAlias{"product_added_to_cart", "add_to_cart"},
    NameAlias{"product_removed_from_cart", "remove_from_cart"},
    NameAlias{"product_viewed", "view_item"},
    NameAlias{"collection_viewed", "view_item_list"},
    NameAlias{"cart_viewed", "view_cart"},
    NameAlias{"page_viewed", "page_view"},
    NameAlias{"payment_info_submitted", "add_payment_info"},
    NameAlias{"checkout_shipping_info_submitted", "add_shipping_info"},
    // Segment's specification of commerce, from senders that post these names in a form of their own.
    NameAlias{"order_completed", "purchase"},
    NameAlias{"product_added", "add_to_cart"},
    NameAlias{"product_removed", "remove_from_cart"},
    NameAlias{"product_clicked", "select_item"},
    NameAlias{"product_list_viewed", "view_item_list"},
    NameAlias{"product_added_to_wishlist", "add_to_wishlist"},
    NameAlias{"products_searched", "search"},
    NameAlias{"promotion_viewed", "view_promotion"},
    NameAlias{"promotion_clicked", "select_promotion"},
    NameAlias{"payment_info_entered", "add_payment_info"},
    NameAlias{"shipping_info_entered", "add_shipping_info"},
    NameAlias{"order_refunded", "refund"},
    NameAlias{"signed_up", "sign_up"},
    // Names before GA4: Firebase's, and that of GTM's classic e-commerce.
    NameAlias{"transaction", "purchase"},
    NameAlias{"ecommerce_purchase", "purchase"},
    // GTM4WP, a plugin of WordPress.
    NameAlias{"gtm4wp.changeDetailViewEEC", "view_item"},
    NameAlias{"gtm4wp.addProductToCartEEC", "add_to_cart"},
    NameAlias{"gtm4wp.removeFromCartEEC", "remove_from_cart"},
    NameAlias{"gtm4wp.productClickEEC", "select_item"},
    NameAlias{"gtm4wp.orderCompletedEEC", "purchase"},
};

std::string_view ga4_spelling(std::string_view name) noexcept {
    for (const auto& row : name_rows())
        if (same_spelling(name, row.ga4)) return row.ga4;
    return {};
}

KnownName read_spelling(std::string_view name) noexcept {
    if (const NameRow* row = find_row(name)) return {row, {}, name};
    const auto ga4 = ga4_spelling(name);
    if (const auto own = pinterest_spelling(name); !own.empty()) return {nullptr, own, ga4};
    if (!ga4.empty()) return {find_row(ga4), {}, ga4};
    return {};
}

KnownName read_words(std::string_view name) noexcept {
    if (const KnownName known = read_spelling(name); known.is_known()) return known;
    const auto* const alias =
        std::ranges::find_if(name_aliases, [&](const NameAlias& a) { return same_spelling(a.written, name); });
    return alias == name_aliases.end() ? KnownName{} : read_spelling(alias->meant);
}

std::string_view without_vendor(std::string_view name) noexcept {
    for (const auto suffix : vendor_suffixes)
        if (ascii::ends_with_ignoring_case(name, suffix)) return name.substr(0, name.size() - suffix.size());
    for (const auto prefix : vendor_prefixes)
        if (ascii::starts_with_ignoring_case(name, prefix)) return name.substr(prefix.size());
    return name;
}

const std::vector<std::string_view>& names_worth_a_guess() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> list;
        for (const auto& row : name_rows())
            if (!row.standard.empty() || !row.extended.empty()) list.push_back(row.ga4);
        for (const auto& name : standard_event_names()) list.push_back(name);
        return list;
    }();
    return names;
}

}  // namespace

KnownName read_name(std::string_view name) noexcept {
    if (const KnownName known = read_words(name); known.is_known()) return known;
    const auto bare = without_vendor(name);
    return bare.size() == name.size() ? KnownName{} : read_words(bare);
}

std::optional<std::string_view> nearest_event_name(std::string_view name) {
    return nearest_name(without_vendor(name), names_worth_a_guess());
}

}  // namespace pinrelay::destinations::pinterest
