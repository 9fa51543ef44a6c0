#include "fingerprint.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "alias_table.hpp"
#include "pinrelay/core/content_hash.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

constexpr const Aliases& measurement_ids = *std::find_if(
    alias_table.begin(), alias_table.end(), [](const Aliases& row) { return row.field == Field::MeasurementId; });

bool tells_streams_apart(std::string_view key) noexcept {
    const auto same = [](char a, char b) { return flattened_character(a) == flattened_character(b); };
    return std::ranges::any_of(measurement_ids.paths, [&](std::string_view path) {
        return !path.empty() && std::equal(key.begin(), key.end(), path.begin(), path.end(), same);
    });
}

// A hit of the Google tag that carries its page load's number and its own on that page, which no other hit has.
bool is_numbered(const Value& source) noexcept {
    const auto has = [&source](std::string_view key) {
        const Value* value = source.find(key);
        return value != nullptr && value->is_text() && !value->text()->empty();
    };
    return has("_p") && has("_s");
}

// What two tags on one page, or two sendings by one tag, say differently of the same hit: the milliseconds of attention
// that the page has had so far. `wire_noise` has left out the rest already. Without numbers it may be all that tells
// two hits apart.
bool differs_between_copies(std::string_view key) noexcept { return key == "engagement_time_msec"; }

void add_text(ContentHash& hash, char kind, std::string_view text) {
    std::array<char, 12> head{kind};  // and up to ten groups of seven bits, and their end
    std::size_t length = 1;
    for (std::size_t size = text.size(); size != 0; size >>= 7U) head[length++] = static_cast<char>(size & 0x7FU);
    head[length++] = '\x80';  // ends the length, no part of which has this bit
    hash.add(std::string_view(head.data(), length));
    hash.add(text);
}

// Every value with its kind and length before it, so that no two different values are written alike. As deep as the
// parser lets a document be.
void add(ContentHash& hash, const Value& value) {
    if (const auto text = value.text()) {
        add_text(hash, 's', *text);
    } else if (const auto number = value.number()) {
        add_text(hash, 'n', *number);
    } else if (const auto boolean = value.boolean()) {
        hash.add(*boolean ? 't' : 'f');
    } else if (const auto items = value.array()) {
        hash.add('[');
        for (const Value& item : *items) add(hash, item);
        hash.add(']');
    } else if (const auto members = value.object()) {
        hash.add('{');
        for (const Value::Member& member : *members) {
            add_text(hash, 'k', member.key);
            add(hash, member.value);
        }
        hash.add('}');
    } else {
        hash.add('0');
    }
}

// An id of its own tells a hit from all others as well as its content does, for a fraction of the time. The
// destination needs the fingerprint of such an event only where a mapping rule takes the id away.
ContentHash hash_of(const model::Event& event) {
    ContentHash hash;
    add_text(hash, 'e', event.name);
    if (event.event_id && !identity::is_absent(*event.event_id)) {
        add_text(hash, 'i', *event.event_id);
        return hash;
    }
    const auto members = event.source.object();
    if (!members) return hash;
    const bool numbered = is_numbered(event.source);
    for (const Value::Member& member : *members) {
        if (tells_streams_apart(member.key) || (numbered && differs_between_copies(member.key))) continue;
        add_text(hash, 'k', member.key);
        add(hash, member.value);
    }
    return hash;
}

}  // namespace

void set_fingerprints(Members& members, model::Arena& arena) {
    std::unordered_map<std::string_view, std::size_t> seen;
    for (Member& member : members) {
        auto* event = std::get_if<model::Event>(&member);
        if (event == nullptr) continue;
        ContentHash hash = hash_of(*event);
        event->fingerprint = arena.copy(hash.hex());
        if (members.size() == 1) return;
        const std::size_t earlier = seen[event->fingerprint]++;
        if (earlier == 0) continue;
        add_text(hash, '#', std::to_string(earlier));
        event->fingerprint = arena.copy(hash.hex());
    }
}

}  // namespace pinrelay::decode
