#pragma once

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>

#include "pinrelay/alarms/kind.hpp"
#include "pinrelay/alarms/message.hpp"
#include "pinrelay/app/stderr_logger.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/deliver/dispatch_options.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "pinrelay/spool/sqlite.hpp"

// The values behind the texts of each configuration key that has a fixed set of them. A test holds these tables and
// those of config together.
namespace pinrelay::app {

template <class T>
struct Choice {
    std::string_view text;
    T value;
};

template <class T, std::size_t size>
struct Choices {
    std::string_view key;
    std::array<Choice<T>, size> rows;
};
template <class T, std::size_t size>
Choices(std::string_view, std::array<Choice<T>, size>) -> Choices<T, size>;

// The value of a text. config has checked the text, so an unknown one is a mistake in these tables: throws
// std::invalid_argument, which names the key and the text.
template <class T, std::size_t size>
T lookup(const Choices<T, size>& choices, std::string_view text) {
    for (const auto& row : choices.rows)
        if (row.text == text) return row.value;
    throw std::invalid_argument(std::string(choices.key) + ": nothing here stands for \"" + std::string(text) + "\"");
}

constexpr Choices<bool, 2> drop_or_send(std::string_view key) {
    return {key, {Choice<bool>{"drop", true}, {"send", false}}};
}

namespace pinterest = destinations::pinterest;

inline constexpr Choices log_levels{"log_level", std::array<Choice<LogLevel>, 5>{{{"debug", LogLevel::Debug},
                                                                                  {"info", LogLevel::Info},
                                                                                  {"warn", LogLevel::Warn},
                                                                                  {"error", LogLevel::Error},
                                                                                  {"off", LogLevel::Off}}}};
inline constexpr Choices log_formats{
    "log_format", std::array<Choice<LogFormat>, 2>{{{"text", LogFormat::Text}, {"json", LogFormat::Json}}}};
inline constexpr Choices forwarded_headers{
    "collect.forwarded_header",
    std::array<Choice<ingest::ForwardedHeader>, 2>{{{"x-forwarded-for", ingest::ForwardedHeader::XForwardedFor},
                                                    {"forwarded", ingest::ForwardedHeader::Forwarded}}}};
inline constexpr Choices bots = drop_or_send("collect.bots");
inline constexpr Choices prefetches = drop_or_send("collect.prefetches");
inline constexpr Choices previews = drop_or_send("collect.previews");
inline constexpr Choices debug_events = drop_or_send("collect.debug_events");
inline constexpr Choices internal_traffic = drop_or_send("collect.internal_traffic");
inline constexpr Choices durabilities{"spool.durability",
                                      std::array<Choice<spool::Durability>, 2>{
                                          {{"disk", spool::Durability::Disk}, {"memory", spool::Durability::Memory}}}};
inline constexpr Choices ambiguous_offlines{
    "delivery.ambiguous_offline",
    std::array<Choice<deliver::AmbiguousOffline>, 2>{{{"dead_letter", deliver::AmbiguousOffline::DeadLetter},
                                                      {"send_again", deliver::AmbiguousOffline::SendAgain}}}};

inline constexpr Choices profiles{
    "mapping.profile", std::array<Choice<pinterest::Profile>, 2>{
                           {{"standard", pinterest::Profile::Standard}, {"extended", pinterest::Profile::Extended}}}};
inline constexpr Choices unknown_events{"mapping.unknown_events", std::array<Choice<pinterest::UnknownEvents>, 2>{
                                                                      {{"drop", pinterest::UnknownEvents::Drop},
                                                                       {"custom", pinterest::UnknownEvents::Custom}}}};
inline constexpr Choices custom_names{"mapping.custom_name", std::array<Choice<pinterest::CustomName>, 2>{
                                                                 {{"content_name", pinterest::CustomName::ContentName},
                                                                  {"event_name", pinterest::CustomName::EventName}}}};
inline constexpr Choices phone_hashes{
    "mapping.phone_hash", std::array<Choice<pinterest::PhoneHash>, 3>{{{"both", pinterest::PhoneHash::Both},
                                                                       {"e164", pinterest::PhoneHash::E164},
                                                                       {"digits", pinterest::PhoneHash::Digits}}}};
inline constexpr Choices item_counts{
    "mapping.num_items", std::array<Choice<pinterest::NumItems>, 2>{
                             {{"quantities", pinterest::NumItems::Quantities}, {"lines", pinterest::NumItems::Lines}}}};
inline constexpr Choices click_id_sources{
    "mapping.click_id_order",
    std::array<Choice<pinterest::ClickIdSource>, 3>{{{"field", pinterest::ClickIdSource::Field},
                                                     {"url", pinterest::ClickIdSource::Url},
                                                     {"cookie", pinterest::ClickIdSource::Cookie}}}};
inline constexpr Choices client_ips{
    "mapping.client_ip", std::array<Choice<pinterest::ClientIp>, 3>{{{"full", pinterest::ClientIp::Full},
                                                                     {"truncated", pinterest::ClientIp::Truncated},
                                                                     {"none", pinterest::ClientIp::None}}}};
inline constexpr Choices late_policies{
    "mapping.late_policy", std::array<Choice<pinterest::LatePolicy>, 2>{
                               {{"send", pinterest::LatePolicy::Send}, {"drop", pinterest::LatePolicy::Drop}}}};
inline constexpr Choices consent_policies{
    "mapping.consent", std::array<Choice<ingest::ConsentPolicy>, 3>{{{"respect", ingest::ConsentPolicy::Respect},
                                                                     {"require", ingest::ConsentPolicy::Require},
                                                                     {"strip", ingest::ConsentPolicy::Strip}}}};

inline constexpr Choices alarm_formats{
    "alarms.format",
    std::array<Choice<alarms::Format>, 2>{{{"json", alarms::Format::Json}, {"slack", alarms::Format::Slack}}}};

constexpr auto choices_of_alarm_kinds() {
    std::array<Choice<alarms::Kind>, alarms::kind_names.size()> rows{};
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = {alarms::kind_names[i].second, alarms::kind_names[i].first};
    return Choices{"alarms.kinds", rows};
}
inline constexpr Choices alarm_kinds = choices_of_alarm_kinds();

inline constexpr std::tuple all_choices{log_levels,   log_formats,        forwarded_headers, bots,
                                        prefetches,   previews,           debug_events,      internal_traffic,
                                        durabilities, ambiguous_offlines, profiles,          unknown_events,
                                        custom_names, phone_hashes,       item_counts,       click_id_sources,
                                        client_ips,   late_policies,      consent_policies,  alarm_formats,
                                        alarm_kinds};

}  // namespace pinrelay::app
