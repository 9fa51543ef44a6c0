#include "events.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "account_json.hpp"
#include "event_json.hpp"
#include "pinrelay/core/json_writer.hpp"

namespace pinrelay::admin {
namespace {

using watch::Kept;
using watch::Part;

constexpr std::size_t usual_limit = 300;
constexpr std::size_t most_events = 1000;

// Nothing for a text that is no number from 1 to `most_events`.
std::optional<std::size_t> limit_of(const http::Request& request) {
    const auto text = request.query_value("limit");
    if (!text) return usual_limit;
    std::size_t limit = 0;
    const auto [end, wrong] = std::from_chars(text->data(), text->data() + text->size(), limit);
    if (wrong != std::errc() || end != text->data() + text->size() || limit == 0 || limit > most_events)
        return std::nullopt;
    return limit;
}

// An event takes over what became of it.
void settle(Kept& event, const Kept& fate) {
    event.status = fate.status;
    event.latency = fate.latency;
    event[Part::Reason] = fate[Part::Reason];
    event[Part::Message] = fate[Part::Message];
}

// The events among the entries, in their order, each with its last fate. A fate is of the last event in front of it.
std::vector<Kept> joined(std::vector<Kept> entries) {
    std::vector<Kept> events;
    std::unordered_map<std::uint64_t, std::size_t> accepted;
    for (Kept& entry : entries) {
        const auto key = key_of(entry);
        if (watch::is_fate(entry.status)) {
            if (const auto found = accepted.find(*key); found != accepted.end()) settle(events[found->second], entry);
            continue;
        }
        if (key) accepted[*key] = events.size();
        events.push_back(std::move(entry));
    }
    return events;
}

}  // namespace

http::Response events_answer(const watch::LiveEvents& live, const http::Request& request) {
    const auto limit = limit_of(request);
    if (!limit) return http::error_response(400, "bad_limit", "limit", "a number from 1 to 1000");
    watch::Cursor cursor = live.oldest();
    watch::Batch batch = live.read(cursor, watch::LiveEvents::capacity);
    const std::vector<Kept> events = joined(std::move(batch.entries));
    JsonWriter json;
    json.begin_object();
    json.key("events");
    json.begin_array();
    for (std::size_t i = events.size() - std::min(events.size(), *limit); i < events.size(); ++i)
        write_event(json, events[i]);
    json.end_array();
    write_number(json, "missed", batch.missed);
    json.end_object();
    return http::json_response(200, json.take() + "\n");
}

}  // namespace pinrelay::admin
