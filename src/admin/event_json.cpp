#include "event_json.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string>

namespace pinrelay::admin {
namespace {

using watch::Kept;
using watch::Part;

struct PartName {
    Part part;
    std::string_view name;
};
constexpr std::array text_rows = {
    PartName{Part::Event, "event"},      PartName{Part::Name, "name"},     PartName{Part::Account, "account"},
    PartName{Part::EventId, "event_id"}, PartName{Part::Reason, "reason"}, PartName{Part::Message, "message"},
};

constexpr std::array list_rows = {
    PartName{Part::Identifiers, "identifiers"},
    PartName{Part::Warnings, "warnings"},
};

// "1500" thousandths are 1.500.
std::string in_thousandths(std::int64_t count) {
    constexpr std::int64_t whole = 1000;
    constexpr std::size_t digits = 3;
    const std::string rest = std::to_string(count % whole);
    return std::to_string(count / whole) + "." + std::string(digits - rest.size(), '0') + rest;
}

// The names in a text with blanks between them.
void write_names(JsonWriter& json, std::string_view text) {
    json.begin_array();
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        json.text(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    json.end_array();
}

void write_common(JsonWriter& json, const Kept& entry) {
    const auto time = std::chrono::floor<std::chrono::milliseconds>(entry.time.time_since_epoch());
    json.key("time");
    json.raw(in_thousandths(time.count()));
    json.member("status", watch::name_of(entry.status));
    for (const auto& [part, name] : text_rows)
        if (!entry[part].empty()) json.member(name, entry[part]);
    if (!entry.latency) return;
    json.key("latency");
    json.raw(in_thousandths(entry.latency->count()));
}

void write_seq(JsonWriter& json, std::uint64_t seq) {
    json.key("seq");
    json.raw(std::to_string(seq));
}

}  // namespace

void write_event(JsonWriter& json, const Kept& event) {
    json.begin_object();
    write_seq(json, event.seq);
    write_common(json, event);
    for (const auto& [part, name] : list_rows) {
        json.key(name);
        write_names(json, event[part]);
    }
    json.end_object();
}

void write_outcome(JsonWriter& json, const Kept& outcome, std::optional<std::uint64_t> seq) {
    json.begin_object();
    if (seq) write_seq(json, *seq);
    write_common(json, outcome);
    json.end_object();
}

std::optional<std::uint64_t> key_of(const Kept& entry) {
    if (entry.status != watch::Status::Accepted && !watch::is_fate(entry.status)) return std::nullopt;
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // spreads the bits of the hash before
    std::uint64_t key = 0;
    for (const Part part : {Part::Account, Part::Name, Part::EventId})
        key = key * odd + std::hash<std::string>()(entry[part]);
    return key;
}

}  // namespace pinrelay::admin
