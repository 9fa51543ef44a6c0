#include "dotted_object.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace pinrelay::decode {
namespace {

using model::Value;

constexpr std::size_t most_parts = 8;
constexpr std::size_t most_digits = 6;

// Found from the end: the paths of one object mostly stand together.
Value& member(Value& object, std::string_view key) {
    Value::Object& members = *object.object();
    const auto found = std::find_if(members.rbegin(), members.rend(), [key](const auto& m) { return m.key == key; });
    if (found != members.rend()) return found->value;
    return members.emplace_back(Value::Member{std::string(key), Value()}).value;
}

bool is_number(std::string_view key) noexcept {
    return !key.empty() && key.size() <= most_digits && key.find_first_not_of("0123456789") == std::string_view::npos;
}

unsigned number_of(std::string_view key) noexcept {
    unsigned number = 0;
    std::from_chars(key.data(), key.data() + key.size(), number);
    return number;
}

// As deep as a path has parts.
void turn_numbered_into_arrays(Value& value) {
    Value::Object* members = value.object();
    if (members == nullptr || members->empty()) return;
    for (Value::Member& one : *members) turn_numbered_into_arrays(one.value);
    if (!std::ranges::all_of(*members, [](const auto& one) { return is_number(one.key); })) return;
    std::ranges::stable_sort(*members,
                             [](const auto& a, const auto& b) { return number_of(a.key) < number_of(b.key); });
    Value::Array items;
    items.reserve(members->size());
    for (Value::Member& one : *members) items.push_back(std::move(one.value));
    value = Value(std::move(items));
}

}  // namespace

void DottedObject::set(std::string_view path, Value value) {
    if (left_ == 0) return;
    --left_;
    Value* place = &root_;
    const bool is_too_deep = static_cast<std::size_t>(std::ranges::count(path, '.')) >= most_parts;
    for (std::size_t dot = path.find('.'); !is_too_deep && dot != std::string_view::npos; dot = path.find('.')) {
        place = &member(*place, path.substr(0, dot));
        if (place->object() == nullptr) *place = Value(Value::Object{});
        path.remove_prefix(dot + 1);
    }
    Value& leaf = member(*place, path);
    if (leaf.object() == nullptr) leaf = std::move(value);
}

Value DottedObject::take() {
    // The root itself stays an object, whatever its keys.
    for (Value::Member& one : *root_.object()) turn_numbered_into_arrays(one.value);
    return std::exchange(root_, Value(Value::Object{}));
}

}  // namespace pinrelay::decode
