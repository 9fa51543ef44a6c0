#include "drop_advice.hpp"

#include <algorithm>
#include <array>

namespace pinrelay::ingest {
namespace {

struct AdviceRow {
    std::string_view reason;
    DropAdvice advice;
};

constexpr std::string_view see_bots = "this is collect.bots and its neighbours at work: docs/bots.md";
constexpr std::string_view see_consent = "the account's mapping.consent decides: docs/consent.md";
constexpr std::string_view no_event = "this member of a request is not meant to be an event";

constexpr std::array advice_rows = {
    AdviceRow{
        "no_account",
        {LogLevel::Warn,
         "add the host to an account's hosts (\"*.shop.example\" covers sub-domains), or leave hosts out to take all"}},
    AdviceRow{
        "no_match_keys",
        {LogLevel::Warn,
         "Pinterest needs an e-mail, an advertising id, or both address and user agent of the visitor; where address "
         "or "
         "user agent are missing from all events, look at collect.trusted_proxies; ?debug=1 shows one event"}},
    AdviceRow{"duplicate",
              {LogLevel::Info, "expected where a browser and a server both send an event, or a sender tries again"}},
    AdviceRow{"not_forwarded", {LogLevel::Info, "the account's profile leaves this event out: docs/mapping.md"}},
    AdviceRow{"rule_drop", {LogLevel::Info, "a mapping rule of the account says so"}},
    AdviceRow{"unknown_event",
              {LogLevel::Warn, "add a mapping rule for the name, to send it or to drop it: docs/mapping.md"}},
    AdviceRow{"late", {LogLevel::Warn, "the account's late_policy drops events that come more than an hour late"}},
    AdviceRow{"too_old", {LogLevel::Warn, "Pinterest takes events of the last seven days; look at the sender's clock"}},
    AdviceRow{"consent", {LogLevel::Info, see_consent}},
    AdviceRow{"consent_repeat", {LogLevel::Info, see_consent}},
    AdviceRow{"bot", {LogLevel::Info, see_bots}},
    AdviceRow{"prefetch", {LogLevel::Info, see_bots}},
    AdviceRow{"preview", {LogLevel::Info, see_bots}},
    AdviceRow{"debug_event", {LogLevel::Info, see_bots}},
    AdviceRow{"internal_traffic", {LogLevel::Info, see_bots}},
    AdviceRow{"clear_push", {LogLevel::Info, no_event}},
    AdviceRow{"checkout_option", {LogLevel::Info, no_event}},
    AdviceRow{"gtag_command", {LogLevel::Info, no_event}},
    AdviceRow{"segment_identify", {LogLevel::Info, no_event}},
    AdviceRow{"segment_group", {LogLevel::Info, no_event}},
    AdviceRow{"segment_alias", {LogLevel::Info, no_event}},
    AdviceRow{"universal_analytics", {LogLevel::Warn, "Universal Analytics is not sent; send GA4 events"}},
};

}  // namespace

DropAdvice advice_for(std::string_view reason) noexcept {
    const auto row = std::ranges::find_if(advice_rows, [reason](const AdviceRow& one) { return one.reason == reason; });
    return row == advice_rows.end() ? DropAdvice{LogLevel::Warn, "?debug=1 shows what is wrong with one event"}
                                    : row->advice;
}

}  // namespace pinrelay::ingest
