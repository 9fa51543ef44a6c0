#include "dotted_object.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <span>

namespace pinrelay::decode {
namespace {

using model::Value;

constexpr std::size_t most_parts = 8;
constexpr std::size_t most_digits = 6;

bool is_number(std::string_view key) noexcept {
    return !key.empty() && key.size() <= most_digits && key.find_first_not_of("0123456789") == std::string_view::npos;
}

unsigned number_of(std::string_view key) noexcept {
    unsigned number = 0;
    std::from_chars(key.data(), key.data() + key.size(), number);
    return number;
}

}  // namespace

// Found from the end: the paths of one object mostly stand together.
DottedObject::Node& DottedObject::member(Node& object, std::string_view key) {
    for (Node* one = object.last; one != nullptr; one = one->before)
        if (one->key == key) return *one;
    Node* const added = std::construct_at(arena_.room<Node>(1).data(), Node{.key = key, .before = object.last});
    object.last = added;
    ++object.members;
    return *added;
}

void DottedObject::set(std::string_view path, const Value& value) {
    if (left_ == 0) return;
    --left_;
    Node* place = &root_;
    const bool is_too_deep = static_cast<std::size_t>(std::ranges::count(path, '.')) >= most_parts;
    for (std::size_t dot = path.find('.'); !is_too_deep && dot != std::string_view::npos; dot = path.find('.')) {
        place = &member(*place, path.substr(0, dot));
        place->is_object = true;
        path.remove_prefix(dot + 1);
    }
    member(*place, path).value = value;
}

// The root itself stays an object, whatever its keys.
Value DottedObject::value() const { return object_of(root_); }

// As deep as a path has parts.
Value DottedObject::value_of(const Node& node) const {
    if (!node.is_object) return node.value;
    bool is_numbered = true;
    for (const Node* one = node.last; one != nullptr; one = one->before) is_numbered &= is_number(one->key);
    return is_numbered ? array_of(node) : object_of(node);
}

Value DottedObject::object_of(const Node& node) const {
    const std::span<Value::Member> members = arena_.room<Value::Member>(node.members);
    auto place = members.rbegin();
    for (const Node* one = node.last; one != nullptr; one = one->before)
        std::construct_at(&*place++, Value::Member{one->key, value_of(*one)});
    return Value(Value::Object(members));
}

Value DottedObject::array_of(const Node& node) const {
    const std::span<const Node*> members = arena_.room<const Node*>(node.members);
    auto place = members.rbegin();
    for (const Node* one = node.last; one != nullptr; one = one->before) *place++ = one;
    const auto number = [](const Node* one) { return number_of(one->key); };
    if (!std::ranges::is_sorted(members, {}, number)) std::ranges::stable_sort(members, {}, number);
    const std::span<Value> items = arena_.room<Value>(members.size());
    std::ranges::transform(members, items.begin(), [this](const Node* one) { return value_of(*one); });
    return Value(Value::Array(items));
}

}  // namespace pinrelay::decode
