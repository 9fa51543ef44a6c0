#include "pinrelay/model/value.hpp"

#include <algorithm>
#include <charconv>

namespace pinrelay::model {

namespace {

// One character of an escaped token, taken off its front: "~1" is '/', "~0" is '~'; any other '~' makes the JSON
// pointer invalid.
std::optional<char> next_character(std::string_view& token) {
    if (token.empty()) return std::nullopt;
    const char first = token.front();
    token.remove_prefix(1);
    if (first != '~') return first;
    if (token.empty() || (token.front() != '0' && token.front() != '1')) return std::nullopt;
    const char meant = token.front() == '0' ? '~' : '/';
    token.remove_prefix(1);
    return meant;
}

bool is_escaped_form_of(std::string_view token, std::string_view key) {
    for (const char c : key) {
        if (next_character(token) != c) return false;
    }
    return token.empty();
}

// An index of RFC 6901: digits without leading zeros. "-", the place behind the last item, holds nothing.
const Value* item_at(Value::Array items, std::string_view token) noexcept {
    if (token.empty() || (token.size() > 1 && token.front() == '0')) return nullptr;
    std::size_t index = 0;
    const char* const end = token.data() + token.size();
    const auto [stop, error] = std::from_chars(token.data(), end, index);
    if (error != std::errc{} || stop != end || index >= items.size()) return nullptr;
    return &items[index];
}

// Of two members with one key the last counts.
template <class Is>
const Value* last_member(Value::Object members, Is is) {
    const auto found = std::find_if(members.rbegin(), members.rend(), [&](const auto& m) { return is(m.key); });
    return found == members.rend() ? nullptr : &found->value;
}

const Value* child(const Value& parent, std::string_view token) {
    if (parent.is_array()) return item_at(parent.items(), token);
    return last_member(parent.members(), [token](std::string_view key) { return is_escaped_form_of(token, key); });
}

}  // namespace

const Value* Value::find(std::string_view key) const noexcept {
    return last_member(members(), [key](std::string_view other) { return other == key; });
}

const Value* Value::at_pointer(std::string_view pointer) const {
    const Value* value = this;
    while (value != nullptr && !pointer.empty()) {
        if (pointer.front() != '/') return nullptr;
        pointer.remove_prefix(1);
        const std::size_t length = std::min(pointer.find('/'), pointer.size());
        value = child(*value, pointer.substr(0, length));
        pointer.remove_prefix(length);
    }
    return value;
}

std::optional<std::string_view> Value::scalar_text() const noexcept {
    if (is_text() || is_number()) return std::string_view(chars_, size_);
    if (is_boolean()) return boolean_ ? "true" : "false";
    return std::nullopt;
}

bool operator==(const Value& a, const Value& b) noexcept {
    if (a.kind_ != b.kind_) return false;
    if (a.is_text() || a.is_number()) return a.scalar_text() == b.scalar_text();
    if (a.is_boolean()) return a.boolean_ == b.boolean_;
    return std::ranges::equal(a.items(), b.items()) && std::ranges::equal(a.members(), b.members());
}

Value with_member(const Value& object, std::string_view key, const Value& value, Arena& arena) {
    const Value::Object members = object.members();
    GrowingList<Value::Member> all(arena);
    all.reserve(members.size() + 1);
    const Value* const replaced = object.find(key);
    for (const Value::Member& member : members)
        all.push_back(&member.value == replaced ? Value::Member{member.key, value} : member);
    if (replaced == nullptr) all.push_back({key, value});
    return Value(all.span());
}

Value copied(const Value& value, Arena& arena) {
    if (const auto text = value.text()) return Value(arena.copy(*text));
    if (const auto number = value.number()) return Value(Value::Number{arena.copy(*number)});
    if (const auto list = value.array()) {
        const auto items = arena.room<Value>(list->size());
        std::ranges::transform(*list, items.begin(), [&](const Value& item) { return copied(item, arena); });
        return Value(Value::Array(items));
    }
    if (const auto object = value.object()) {
        const auto members = arena.room<Value::Member>(object->size());
        std::ranges::transform(*object, members.begin(), [&](const Value::Member& member) {
            return Value::Member{arena.copy(member.key), copied(member.value, arena)};
        });
        return Value(Value::Object(members));
    }
    return value;
}

Document::Document(const Value& value, std::shared_ptr<Arena> arena) : arena_(arena), root_(copied(value, *arena)) {}

Document::Document(const Value& value) : Document(value, std::make_shared<Arena>()) {}

}  // namespace pinrelay::model
