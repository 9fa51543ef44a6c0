#include "dotted_object.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

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

struct DottedObject::Node {
    std::string_view key;
    Value value;
    Nodes members;
    bool is_object = false;
};

// Found from the end: the paths of one object mostly stand together.
DottedObject::Node& DottedObject::member(Nodes& nodes, std::string_view key) {
    for (std::size_t i = nodes.size(); i-- > 0;)
        if (nodes[i].key == key) return nodes[i];
    return nodes.push_back({arena_.copy(key), Value(), Nodes(arena_), false});
}

void DottedObject::set(std::string_view path, const Value& value) {
    if (left_ == 0) return;
    --left_;
    Nodes* place = &root_;
    const bool is_too_deep = static_cast<std::size_t>(std::ranges::count(path, '.')) >= most_parts;
    for (std::size_t dot = path.find('.'); !is_too_deep && dot != std::string_view::npos; dot = path.find('.')) {
        Node& node = member(*place, path.substr(0, dot));
        node.is_object = true;
        place = &node.members;
        path.remove_prefix(dot + 1);
    }
    Node& leaf = member(*place, path);
    if (!leaf.is_object) leaf.value = value;
}

// As deep as a path has parts.
Value DottedObject::value_of(const Node& node) const {
    if (!node.is_object) return node.value;
    const auto nodes = node.members.span();
    const bool is_list = !nodes.empty() && std::ranges::all_of(nodes, [](const Node& one) { return is_number(one.key); });
    if (!is_list) return object_of(node.members);
    std::vector<const Node*> sorted;
    for (const Node& one : nodes) sorted.push_back(&one);
    std::ranges::stable_sort(sorted, {}, [](const Node* one) { return number_of(one->key); });
    const auto items = arena_.room<Value>(nodes.size());
    std::ranges::transform(sorted, items.begin(), [this](const Node* one) { return value_of(*one); });
    return Value(Value::Array(items));
}

Value DottedObject::object_of(const Nodes& nodes) const {
    const auto members = arena_.room<Value::Member>(nodes.size());
    std::ranges::transform(nodes.span(), members.begin(), [this](const Node& one) {
        return Value::Member{one.key, value_of(one)};
    });
    return Value(Value::Object(members));
}

// The root itself stays an object, whatever its keys.
Value DottedObject::value() const { return object_of(root_); }

}  // namespace pinrelay::decode
