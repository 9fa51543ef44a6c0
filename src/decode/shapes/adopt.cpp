#include "adopt.hpp"

namespace pinrelay::decode {
namespace {

constexpr std::size_t most_siblings = 100;

}  // namespace

void adopt_siblings(model::Value& event, const model::Value& parent, std::string_view except) {
    const model::Value::Object* siblings = parent.object();
    if (siblings == nullptr) return;
    std::size_t left = most_siblings;
    for (const auto& [key, value] : *siblings) {
        if (key == except) continue;
        if (left-- == 0) return;
        if (event.find(key) == nullptr) event.set(key, value);
    }
}

std::size_t weight(const model::Value& value) noexcept {
    std::size_t sum = sizeof(model::Value);
    if (const std::string* text = value.text()) sum += text->size();
    if (const model::Value::Number* number = value.number()) sum += number->text.size();
    if (const model::Value::Array* items = value.array()) {
        for (const model::Value& item : *items) sum += weight(item);
    }
    if (const model::Value::Object* members = value.object()) {
        for (const auto& [key, inside] : *members) sum += key.size() + weight(inside);
    }
    return sum;
}

}  // namespace pinrelay::decode
