#include "fingerprint.hpp"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

#include "aliases.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

// Ours alone, chosen once; another one would give every event another id, and so break deduplication over an update.
constexpr boost::uuids::uuid name_space = {
    {0x9a, 0x1c, 0x4e, 0x70, 0x5d, 0x2b, 0x4f, 0x86, 0xb3, 0x0e, 0x61, 0xd7, 0x28, 0xc5, 0xfa, 0x13}};

bool tells_streams_apart(std::string_view key) {
    std::string flattened(key);
    for (char& c : flattened) c = flattened_character(c);
    const Meaning* meaning = find_meaning(flattened);
    return meaning != nullptr && meaning->is_field && meaning->field == Field::MeasurementId;
}

void append_text(std::string& out, char kind, std::string_view text) {
    out += kind;
    out += std::to_string(text.size());
    out += ':';
    out += text;
}

// Every value with its kind and length before it, so that no two different values are written alike. As deep as the
// parser lets a document be.
void append(std::string& out, const Value& value) {
    if (const std::string* text = value.text()) {
        append_text(out, 's', *text);
    } else if (const Value::Number* number = value.number()) {
        append_text(out, 'n', number->text);
    } else if (const bool* boolean = value.boolean()) {
        out += *boolean ? 't' : 'f';
    } else if (const Value::Array* items = value.array()) {
        out += '[';
        for (const Value& item : *items) append(out, item);
        out += ']';
    } else if (const Value::Object* members = value.object()) {
        out += '{';
        for (const Value::Member& member : *members) {
            append_text(out, 'k', member.key);
            append(out, member.value);
        }
        out += '}';
    } else {
        out += '0';
    }
}

std::string canonical_text(const model::Event& event) {
    std::string text;
    append_text(text, 'e', event.name);
    const Value::Object* members = event.source.object();
    if (members == nullptr) return text;
    for (const Value::Member& member : *members) {
        if (tells_streams_apart(member.key)) continue;
        append_text(text, 'k', member.key);
        append(text, member.value);
    }
    return text;
}

// A UUID made from a name by SHA-1 (RFC 4122, version 5): stable everywhere, and wide enough that two events never meet
// by chance. Nothing secret hangs on it.
std::string digest(const std::string& text) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string result;
    for (const auto byte : boost::uuids::name_generator_sha1(name_space)(text)) {
        result += hex[byte >> 4U];
        result += hex[byte & 0xFU];
    }
    return result;
}

}  // namespace

void set_fingerprints(Members& members) {
    std::unordered_map<std::string, std::size_t> seen;
    for (Member& member : members) {
        auto* event = std::get_if<model::Event>(&member);
        if (event == nullptr) continue;
        std::string text = canonical_text(*event);
        event->fingerprint = digest(text);
        if (members.size() == 1) return;
        const std::size_t earlier = seen[event->fingerprint]++;
        if (earlier != 0) event->fingerprint = digest(text + '#' + std::to_string(earlier));
    }
}

}  // namespace pinrelay::decode
