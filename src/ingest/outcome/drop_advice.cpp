#include "pinrelay/ingest/drop_advice.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/decode/ignored.hpp"

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
    AdviceRow{"no_account",
              {LogLevel::Warn,
               "add the host to an account's hosts (\"*.shop.example\" covers sub-domains), or leave hosts out to take "
               "all; paths and measurement_ids decide in the same way"}},
    AdviceRow{
        "no_match_keys",
        {LogLevel::Warn,
         "Pinterest needs an e-mail, an advertising id, or both address and user agent of the visitor; where address "
         "or user agent are missing from all events, look at collect.trusted_proxies; ?debug=1 shows one event"}},
    AdviceRow{"duplicate",
              {LogLevel::Info, "expected where a browser and a server both send an event, or a sender tries again"}},
    AdviceRow{"not_forwarded", {LogLevel::Info, "the account's profile leaves this event out: docs/mapping.md"}},
    AdviceRow{"rule_drop", {LogLevel::Info, "a mapping rule of the account says so"}},
    AdviceRow{"unknown_event",
              {LogLevel::Warn, "add a mapping rule for the name, to send it or to drop it: docs/mapping.md"}},
    AdviceRow{"late", {LogLevel::Warn, "the account's late_policy drops events that come more than an hour late"}},
    AdviceRow{
        "too_old",
        {LogLevel::Warn,
         "Pinterest takes events of the last seven days, and delivery may take an hour of them; look at the sender's "
         "clock"}},
    AdviceRow{"consent", {LogLevel::Info, see_consent}},
    AdviceRow{"consent_repeat", {LogLevel::Info, see_consent}},
    AdviceRow{"bot", {LogLevel::Info, see_bots}},
    AdviceRow{"prefetch", {LogLevel::Info, see_bots}},
    AdviceRow{"preview", {LogLevel::Info, see_bots}},
    AdviceRow{"debug_event", {LogLevel::Info, see_bots}},
    AdviceRow{"internal_traffic", {LogLevel::Info, see_bots}},
    AdviceRow{
        "credentials_missing",
        {LogLevel::Warn,
         "let the sender send a key or a signature, or add its origin or network to the account: docs/access.md"}},
    AdviceRow{"untrusted_sender",
              {LogLevel::Warn,
               "the account's require requires better senders of this event: let your server send it with a key or a "
               "signature; a browser's own copy may be dropped: docs/access.md"}},
    AdviceRow{"debug_off",
              {LogLevel::Info,
               "debug answers are for programs on this machine and for senders with a key, a signature or an allowed "
               "network; collect.debug opens them for everybody or nobody: docs/access.md"}},
    AdviceRow{"key_wrong", {LogLevel::Warn, "compare the sender's key with keys_file or keys_env of the account"}},
    AdviceRow{
        "signature_wrong",
        {LogLevel::Warn,
         "compare the sender's key with the account's signing keys; it signs the time, a dot and the body as it is "
         "sent: docs/access.md"}},
    AdviceRow{"signature_expired", {LogLevel::Warn, "look at the clocks of the sender and of this machine"}},
    AdviceRow{"origin_refused", {LogLevel::Warn, "add the site to allow_origins of the account if it is yours"}},
    AdviceRow{"network_refused",
              {LogLevel::Warn,
               "add the sender to allow_networks of the account if it is yours; behind a proxy look at "
               "collect.trusted_proxies, too"}},
    AdviceRow{"client_rate",
              {LogLevel::Warn,
               "raise collect.max_requests_per_client if it is your server; behind a proxy that is not in "
               "collect.trusted_proxies all visitors count as one client"}},
    AdviceRow{"account_rate", {LogLevel::Warn, "raise max_events_per_second of that account, if the events are real"}},
    AdviceRow{"client_events",
              {LogLevel::Warn,
               "if it is your server, give it a key or add its network to allow_networks of the account, or raise "
               "max_events_per_second; behind a proxy that is not in collect.trusted_proxies all visitors count as one "
               "client"}},
    AdviceRow{"stores_too_much",
              {LogLevel::Warn,
               "send fewer events in one request, or say less that holds for all of its events; docs/operations.md has "
               "the bound"}},
    AdviceRow{
        "not_found",
        {LogLevel::Warn,
         "post to a path of collect.prefixes, or to one that docs/formats.md lists; look at how the proxy in front "
         "changes the path"}},
    AdviceRow{"method_not_allowed", {LogLevel::Warn, "post the events"}},
    AdviceRow{"unsupported_encoding", {LogLevel::Warn, "send the body uncompressed or as gzip"}},
    AdviceRow{"unsupported_media_type", {LogLevel::Warn, "send JSON or another form that docs/formats.md lists"}},
    AdviceRow{"broken_gzip", {LogLevel::Warn, "look at the sender, and at proxies that change the body"}},
    AdviceRow{"body_too_large", {LogLevel::Warn, "raise collect.max_body_bytes, or send smaller batches"}},
    AdviceRow{"target_too_long", {LogLevel::Warn, "raise collect.max_header_bytes, or post the events in the body"}},
    AdviceRow{"header_too_large",
              {LogLevel::Warn,
               "raise collect.max_header_bytes or collect.max_header_fields; large cookies of the site count"}},
    AdviceRow{"too_many_events", {LogLevel::Warn, "raise collect.max_events, or send smaller batches"}},
    AdviceRow{"too_many_values", {LogLevel::Warn, "raise collect.max_values, or send smaller batches"}},
    AdviceRow{"unpacks_too_far",
              {LogLevel::Warn, "send smaller batches, or unpacked: gzip of events does not shrink that much"}},
    AdviceRow{"header_times_events",
              {LogLevel::Warn, "send fewer events in one request, or without the cookies of a visitor"}},
    AdviceRow{
        "busy",
        {LogLevel::Warn, "long bodies wait for each other, and too many wait; send smaller batches, or fewer at once"}},
    AdviceRow{"unsupported_form", {LogLevel::Warn, "docs/formats.md lists what is taken; some need a switch"}},
    AdviceRow{"not_json", {LogLevel::Warn, see_debug}},
    AdviceRow{"not_an_event", {LogLevel::Warn, see_debug}},
    AdviceRow{"empty_body", {LogLevel::Warn, "let the sender put the events into the body"}},
    AdviceRow{"too_deep", {LogLevel::Warn, see_debug}},
    AdviceRow{"wrong_type", {LogLevel::Warn, see_debug}},
    AdviceRow{"universal_analytics", {LogLevel::Warn, "Universal Analytics is not sent; send GA4 events"}},
};

}  // namespace

DropAdvice advice_for(std::string_view reason) noexcept {
    const auto row = std::ranges::find_if(advice_rows, [reason](const AdviceRow& one) { return one.reason == reason; });
    if (row != advice_rows.end()) return row->advice;
    if (decode::ignored::is_no_event(reason)) return {LogLevel::Info, no_event};
    return {LogLevel::Warn, see_debug};
}

}  // namespace pinrelay::ingest
