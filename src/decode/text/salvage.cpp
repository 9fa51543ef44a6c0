#include "salvage.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

constexpr std::array<std::string_view, 5> list_keys = {"events", "data", "events_data", "event_data", "batch"};

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view of(std::string_view text) const noexcept { return text.substr(begin, end - begin); }
};

// Where a value ends that begins at `at`: at the first ',' or closing bracket outside of it. npos where its brackets or
// quotes do not close.
std::size_t end_of_value(std::string_view text, std::size_t at) noexcept {
    std::size_t open = 0;
    bool in_string = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (in_string) {
            if (c == '\\') ++at;
            in_string = c != '"';
            continue;
        }
        if (c == '"') in_string = true;
        if (open == 0 && (c == ',' || c == ']' || c == '}')) return at;
        if (c == '[' || c == '{') ++open;
        if (c == ']' || c == '}') --open;
    }
    return std::string_view::npos;
}

std::size_t skip_space(std::string_view text, std::size_t at) noexcept {
    return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

// Behind the quote that ends the text at `at`; the end of the body where there is no text.
std::size_t end_of_text(std::string_view body, std::size_t at) noexcept {
    if (at == body.size() || body[at] != '"') return body.size();
    for (++at; at < body.size(); ++at) {
        if (body[at] == '"') return at + 1;
        if (body[at] == '\\') ++at;
    }
    return body.size();
}

bool is_list_key(std::string_view text) noexcept {
    return std::ranges::any_of(list_keys, [text](std::string_view key) {
        return text.size() == key.size() + 2 && text.substr(1, key.size()) == key;
    });
}

struct List {
    std::string_view key;       // "" where the body itself is the list
    Span span;                  // with its brackets
    std::vector<Span> members;  // without white space around them
};

// The list that begins with the bracket at `at`.
std::optional<List> list_at(std::string_view body, std::size_t at, std::string_view key) {
    List list{key, {at, 0}, {}};
    for (++at;;) {
        at = skip_space(body, at);
        const std::size_t end = end_of_value(body, at);
        if (end == std::string_view::npos || body[end] == '}') return std::nullopt;
        const std::string_view inside = ascii::trimmed(body.substr(at, end - at));
        if (!inside.empty()) list.members.push_back({at, at + inside.size()});
        at = end + 1;
        if (body[end] == ']') break;
    }
    list.span.end = at;
    return list;
}

// The list of a body that is an object: the first under one of the keys.
std::optional<List> list_in_object(std::string_view body) {
    for (std::size_t at = 1; at < body.size();) {
        const std::size_t begin = skip_space(body, at);
        const std::size_t end_of_key = end_of_text(body, begin);
        const std::size_t colon = skip_space(body, end_of_key);
        if (colon == body.size() || body[colon] != ':') return std::nullopt;
        const std::string_view key = body.substr(begin, end_of_key - begin);
        const std::size_t value = skip_space(body, colon + 1);
        if (is_list_key(key) && value < body.size() && body[value] == '[')
            return list_at(body, value, key.substr(1, key.size() - 2));
        const std::size_t end = end_of_value(body, value);
        if (end == std::string_view::npos || body[end] != ',') return std::nullopt;
        at = end + 1;
    }
    return std::nullopt;
}

std::optional<List> find_list(std::string_view body) {
    if (body.starts_with('[')) return list_at(body, 0, {});
    return body.starts_with('{') ? list_in_object(body) : std::nullopt;
}

// The body without the members of its list.
std::optional<Value> parse_frame(std::string_view body, const List& list, model::Arena& arena) {
    std::string frame(body.substr(0, list.span.begin));
    frame.append("[]").append(body.substr(list.span.end));
    const auto parsed = model::parse_json(frame, arena);
    const auto* value = std::get_if<Value>(&parsed);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

}  // namespace

std::optional<Salvaged> salvage_members(std::string_view body, model::Arena& arena) {
    const auto list = find_list(body);
    if (!list) return std::nullopt;
    const auto frame = parse_frame(body, *list, arena);
    if (!frame) return std::nullopt;
    const std::string place = list->key.empty() ? "/" : '/' + std::string(list->key) + '/';
    Salvaged salvaged;
    model::GrowingList<Value> members(arena);
    for (const Span& span : list->members) {
        auto parsed = model::parse_json(span.of(body), arena);
        if (auto* error = std::get_if<model::ParseError>(&parsed)) {
            Rejection rejection = rejection_of(*error, "this member", span.begin);
            rejection.field = place + std::to_string(members.size());
            salvaged.lost.push_back(std::move(rejection));
            members.push_back(Value());
        } else {
            members.push_back(std::get<Value>(parsed));
        }
    }
    const auto may_be_event = [](const Value& one) { return one.is_object() || one.is_array(); };
    if (salvaged.lost.empty() || std::ranges::none_of(members.span(), may_be_event)) return std::nullopt;
    const Value read(members.span());
    salvaged.document = list->key.empty() ? read : model::with_member(*frame, list->key, read, arena);
    return salvaged;
}

void put_reasons(Members& members, const std::vector<Rejection>& lost) {
    auto reason = lost.begin();  // both are in the order of their places
    for (Member& member : members) {
        if (reason == lost.end()) return;
        auto* rejection = std::get_if<Rejection>(&member);
        if (rejection != nullptr && rejection->field == reason->field) *rejection = *reason++;
    }
}

Rejection rejection_of(const model::ParseError& error, std::string_view what, std::size_t offset) {
    const std::string place = " at byte " + std::to_string(offset + error.offset);
    if (error.code == model::ParseErrc::TooDeep)
        return {RejectCode::TooDeep, "", std::string(what) + " is nested too deeply" + place};
    return {RejectCode::NotJson, "", std::string(what) + " is no JSON document" + place + ": " + error.reason};
}

}  // namespace pinrelay::decode
