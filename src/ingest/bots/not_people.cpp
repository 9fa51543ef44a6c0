#include "not_people.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "ingest/access/account_routes.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::ingest {
namespace {

struct Hit {
    const model::Event& event;
    const http::Request& request;
    const BotList& bots;
    const HitSource& source;
};

struct Row {
    std::string_view reason;  // a metric label; docs/metrics.md lists them
    bool NotPeopleSettings::*drops;
    bool (*applies)(const Hit&);
    std::string_view field;
    std::string_view message;
    bool by_header = false;  // what speaks against the event is in the request's headers alone
};

// Headers by which browsers say that they load a page ahead of the visitor, and the words that say so.
struct LoadingAhead {
    std::string_view header;
    std::string_view word;
};
constexpr std::array loading_ahead = {LoadingAhead{"Sec-Purpose", "prefetch"}, LoadingAhead{"Sec-Purpose", "prerender"},
                                      LoadingAhead{"Purpose", "prefetch"}, LoadingAhead{"X-Moz", "prefetch"}};

constexpr std::string_view preview_header = "X-Gtm-Server-Preview";
constexpr std::string_view preview_host = "gtm-msr.appspot.com";  // shows pages inside GTM's own preview
constexpr std::string_view internal_traffic = "internal";         // GA4's name for the staff's, in its filters

bool is_loading_ahead(const Hit& hit) {
    return std::ranges::any_of(loading_ahead, [&hit](const LoadingAhead& sign) {
        const std::string* value = hit.request.header(sign.header);
        return value != nullptr && ascii::contains_ignoring_case(*value, sign.word);
    });
}

bool says_preview(const Hit& hit) {
    const std::string* value = hit.request.header(preview_header);
    return value != nullptr && !value->empty();
}

bool is_preview_page(const Hit& hit) {
    return hit.event.page_location && url_host(*hit.event.page_location) == preview_host;
}

bool is_debug_event(const Hit& hit) { return hit.event.debug_mode; }

bool is_internal(const Hit& hit) {
    return hit.event.traffic_type && ascii::equals_ignoring_case(*hit.event.traffic_type, internal_traffic);
}

// A server's event may be silent about the visitor; a browser never is.
bool is_browser_without_name(const Hit& hit) {
    return hit.event.sender == model::Sender::Browser && !hit.event.user_agent;
}

bool is_bot(const Hit& hit) {
    const bool is_senders_own = hit.source.trusted && hit.source.agent_from_request;
    if (hit.source.agent_left_out && hit.bots.holds(*hit.source.agent_left_out)) return true;
    return hit.event.user_agent && !is_senders_own && hit.bots.holds(*hit.event.user_agent);
}

// Asked in this order, what costs most last.
using Settings = NotPeopleSettings;
constexpr std::array rows = {
    Row{"prefetch", &Settings::drop_prefetches, is_loading_ahead, "", "the browser loads the page before it is seen",
        true},
    Row{"preview", &Settings::drop_previews, says_preview, "", "the request comes from GTM's preview mode", true},
    Row{"preview", &Settings::drop_previews, is_preview_page, "page_location", "the page is shown in GTM's preview"},
    Row{"debug_event", &Settings::drop_debug_events, is_debug_event, "debug_mode", "the event is marked debug_mode"},
    Row{"internal_traffic", &Settings::drop_internal_traffic, is_internal, "traffic_type",
        "the event is marked as internal traffic"},
    Row{"bot", &Settings::drop_bots, is_browser_without_name, "user_agent", "no browser comes without a user agent",
        true},
    Row{"bot", &Settings::drop_bots, is_bot, "user_agent", "the user agent is that of a bot or a program"},
};

}  // namespace

std::optional<destination::Drop> NotPeople::judge(const model::Event& event, const http::Request& request,
                                                  const HitSource& source) const {
    const Hit hit{event, request, bots_, source};
    const auto* row = std::ranges::find_if(rows, [&](const Row& one) {
        return settings_.*one.drops && !(one.by_header && source.trusted) && one.applies(hit);
    });
    if (row == rows.end()) return std::nullopt;
    return destination::Drop{row->reason, std::string(row->field), std::string(row->message)};
}

}  // namespace pinrelay::ingest
