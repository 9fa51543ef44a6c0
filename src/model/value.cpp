#include "pinrelay/model/value.hpp"

#include <algorithm>
#include <charconv>

namespace pinrelay::model {

namespace {

// "~1" is '/', "~0" is '~'; any other '~' makes the pointer invalid.
std::optional<std::string> unescaped(std::string_view token) {
    std::string key;
    key.reserve(token.size());
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] != '~') {
            key += token[i];
            continue;
        }
        const char escape = ++i < token.size() ? token[i] : '\0';
        if (escape != '0' && escape != '1') return std::nullopt;
        key += escape == '0' ? '~' : '/';
    }
    return key;
}

// An index of RFC 6901: digits without leading zeros. "-", the place behind the last item, holds nothing.
const Value* item_at(const Value::Array& items, std::string_view token) noexcept {
    if (token.empty() || (token.size() > 1 && token.front() == '0')) return nullptr;
    std::size_t index = 0;
    const char* const end = token.data() + token.size();
    const auto [stop, error] = std::from_chars(token.data(), end, index);
    if (error != std::errc{} || stop != end || index >= items.size()) return nullptr;
    return &items[index];
}

const Value* child(const Value& parent, std::string_view token) {
    const auto key = unescaped(token);
    if (!key) return nullptr;
    if (const auto* items = parent.array()) return item_at(*items, *key);
    return parent.find(*key);
}

}  // namespace

const Value* Value::find(std::string_view key) const noexcept {
    const Object* members = object();
    if (members == nullptr) return nullptr;
    const auto found = std::find_if(members->rbegin(), members->rend(), [&](const Member& m) { return m.key == key; });
    return found == members->rend() ? nullptr : &found->value;
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

std::optional<std::string> Value::scalar_text() const {
    if (const auto* s = text()) return *s;
    if (const auto* n = number()) return n->text;
    if (const auto* b = boolean()) return *b ? "true" : "false";
    return std::nullopt;
}

void Value::set(std::string_view key, Value value) {
    Object* members = object();
    if (members == nullptr) return;
    // The last of duplicates is the one that `find` sees.
    const auto found = std::find_if(members->rbegin(), members->rend(), [&](const Member& m) { return m.key == key; });
    if (found != members->rend()) {
        found->value = std::move(value);
        return;
    }
    members->push_back(Member{std::string(key), std::move(value)});
}

}  // namespace pinrelay::model
