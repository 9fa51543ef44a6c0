#include "adopt.hpp"

#include <algorithm>

namespace pinrelay::decode {
namespace {

constexpr std::size_t most_siblings = 100;
constexpr std::size_t weight_of_a_value = 40;  // and of the place that knows it

}  // namespace

model::Value with_siblings(const model::Value& event, const model::Value& parent, std::string_view except,
                           model::Arena& arena) {
    const model::Value::Object siblings = parent.members();
    if (siblings.empty()) return event;
    model::GrowingList<model::Value::Member> members(arena);
    members.reserve(event.members().size() + std::min(siblings.size(), most_siblings));
    for (const auto& member : event.members()) members.push_back(member);
    std::size_t left = most_siblings;
    for (const auto& sibling : siblings) {
        if (sibling.key == except) continue;
        if (left-- == 0) break;
        if (model::Value(members.span()).find(sibling.key) == nullptr) members.push_back(sibling);
    }
    return model::Value(members.span());
}

std::size_t weight(const model::Value& value) noexcept {
    std::size_t sum = weight_of_a_value;
    if (const auto text = value.text()) sum += text->size();
    if (const auto number = value.number()) sum += number->size();
    if (const auto items = value.array()) {
        for (const model::Value& item : *items) sum += weight(item);
    }
    if (const auto members = value.object()) {
        for (const auto& [key, inside] : *members) sum += key.size() + weight(inside);
    }
    return sum;
}

}  // namespace pinrelay::decode
