#include "event_names.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::string_view off = {};

// The two profiles. `extended` is Pinterest's own server-side GTM template, except where that template sends what
// Pinterest then cannot use or would count wrongly: a refund stays off, view_search_results is a search, and gtm.dom
// is no second page_visit.
constexpr std::array rows = {
    NameRow{"page_view", "page_visit", "page_visit"},
    NameRow{"view_item", "page_visit", "page_visit"},
    NameRow{"view_item_list", "view_category", "view_category"},
    NameRow{"search", "search", "search"},
    NameRow{"view_search_results", "search", "search"},
    NameRow{"add_to_cart", "add_to_cart", "add_to_cart"},
    NameRow{"begin_checkout", custom_event, "initiate_checkout", "BeginCheckout"},
    NameRow{"purchase", "checkout", "checkout"},
    NameRow{"generate_lead", "lead", "lead"},
    NameRow{"sign_up", "signup", "signup"},
    NameRow{"add_to_wishlist", "add_to_wishlist", "add_to_wishlist"},
    NameRow{"add_payment_info", "add_payment_info", "add_payment_info"},
    NameRow{"add_shipping_info", custom_event, "initiate_checkout", "AddShippingInfo"},
    NameRow{"view_cart", custom_event, custom_event, "ViewCart"},
    NameRow{"select_item", off, "view_content"},
    NameRow{"select_promotion", off, "view_content"},
    NameRow{"view_promotion", off, "view_content"},
    NameRow{"remove_from_cart", off, custom_event, "RemoveFromCart"},
    NameRow{"video_start", "watch_video", "watch_video"},

    NameRow{"first_open", "app_install", "app_install", {}, true},
    NameRow{"app_open", "app_open", "app_open", {}, true},
    NameRow{"in_app_purchase", "checkout", "checkout", {}, true},
    NameRow{"app_store_subscription_convert", "subscribe", "subscribe", {}, true},

    // A refund must never look like revenue.
    NameRow{"refund", off, off},
    NameRow{"app_store_refund", off, off},

    // Counting each stage of a lead would inflate leads.
    NameRow{"qualify_lead", off, off},
    NameRow{"working_lead", off, off},
    NameRow{"disqualify_lead", off, off},
    NameRow{"close_convert_lead", off, off},
    NameRow{"close_unconvert_lead", off, off},

    NameRow{"checkout_progress", off, off},
    NameRow{"video_progress", off, off},
    NameRow{"video_complete", off, off},
    NameRow{"select_content", off, off},
    NameRow{"login", off, off},
    NameRow{"share", off, off},
    NameRow{"join_group", off, off},
    NameRow{"tutorial_begin", off, off},
    NameRow{"tutorial_complete", off, off},
    NameRow{"earn_virtual_currency", off, off},
    NameRow{"spend_virtual_currency", off, off},
    NameRow{"level_start", off, off},
    NameRow{"level_up", off, off},
    NameRow{"level_end", off, off},
    NameRow{"post_score", off, off},
    NameRow{"unlock_achievement", off, off},
    NameRow{"ad_impression", off, off},
    NameRow{"campaign_details", off, off},
    NameRow{"screen_view", off, off},
    NameRow{"exception", off, off},

    // Automatic events of the web and of Firebase.
    NameRow{"scroll", off, off},
    NameRow{"click", off, off},
    NameRow{"file_download", off, off},
    NameRow{"form_start", off, off},
    NameRow{"form_submit", off, off},
    NameRow{"user_engagement", off, off},
    NameRow{"session_start", off, off},
    NameRow{"first_visit", off, off},
    NameRow{"ad_click", off, off},
    NameRow{"ad_exposure", off, off},
    NameRow{"ad_query", off, off},
    NameRow{"ad_reward", off, off},
    NameRow{"adunit_exposure", off, off},
    NameRow{"app_clear_data", off, off},
    NameRow{"app_exception", off, off},
    NameRow{"app_remove", off, off},
    NameRow{"app_store_subscription_cancel", off, off},
    NameRow{"app_store_subscription_renew", off, off},
    NameRow{"app_update", off, off},
    NameRow{"os_update", off, off},
    NameRow{"firebase_campaign", off, off},
    NameRow{"notification_open", off, off},
    NameRow{"notification_receive", off, off},
    NameRow{"notification_dismiss", off, off},
};

// GTM's own messages, such as gtm.js and gtm.scrollDepth.
constexpr std::string_view tag_manager_prefix = "gtm.";
constexpr NameRow tag_manager_row{"gtm.*", off, off};

constexpr std::array<std::string_view, 22> pinterest_names = {
    "page_visit",
    "view_category",
    "search",
    "add_to_cart",
    "checkout",
    "signup",
    "lead",
    "watch_video",
    "custom",
    "add_payment_info",
    "add_to_wishlist",
    "initiate_checkout",
    "subscribe",
    "view_content",
    "app_install",
    "app_open",
    "contact",
    "customize_product",
    "find_location",
    "schedule",
    "submit_application",
    "start_trial",
};

bool is_separator(char c) { return c == '_' || c == '-' || c == ' '; }

}  // namespace

bool same_spelling(std::string_view a, std::string_view b) noexcept {
    std::size_t i = 0;
    std::size_t j = 0;
    while (true) {
        while (i < a.size() && is_separator(a[i])) ++i;
        while (j < b.size() && is_separator(b[j])) ++j;
        if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
        if (ascii::lower(a[i++]) != ascii::lower(b[j++])) return false;
    }
}

const NameRow* find_row(std::string_view ga4_name) noexcept {
    if (ga4_name.starts_with(tag_manager_prefix)) return &tag_manager_row;
    const auto* row = std::ranges::find_if(rows, [&](const NameRow& r) { return r.ga4 == ga4_name; });
    return row == rows.end() ? nullptr : row;
}

const std::vector<NameRow>& name_rows() {
    static const std::vector<NameRow> all = [] {
        std::vector<NameRow> list(rows.begin(), rows.end());
        list.push_back(tag_manager_row);
        return list;
    }();
    return all;
}

std::string_view pinterest_spelling(std::string_view name) noexcept {
    for (const auto known : pinterest_names)
        if (same_spelling(name, known)) return known;
    return {};
}

bool is_standard_name(std::string_view name) noexcept {
    return std::ranges::find(pinterest_names, name) != pinterest_names.end();
}

std::string_view label_of(std::string_view name) noexcept { return is_standard_name(name) ? name : "other"; }

bool is_sendable_name(std::string_view name) noexcept {
    constexpr std::size_t longest = 100;
    const auto allowed = [](char c) { return ascii::is_alphanumeric(c) || c == '_' || c == '-'; };
    return !name.empty() && name.size() <= longest && std::ranges::all_of(name, allowed);
}

const std::vector<std::string>& standard_event_names() {
    static const std::vector<std::string> names(pinterest_names.begin(), pinterest_names.end());
    return names;
}

}  // namespace pinrelay::destinations::pinterest
