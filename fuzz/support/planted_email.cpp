#include "planted_email.hpp"

#include <functional>
#include <string>
#include <vector>

#include "pinrelay/model/value.hpp"

namespace pinrelay::fuzz {
namespace {

using model::Value;

constexpr const char* email = "jane.doe@example.com";

void collect_texts(Value& value, std::vector<Value*>& texts) {
    if (value.text() != nullptr) texts.push_back(&value);
    if (auto* items = value.array())
        for (Value& item : *items) collect_texts(item, texts);
    if (auto* members = value.object())
        for (Value::Member& member : *members) collect_texts(member.value, texts);
}

}  // namespace

std::optional<http::Request> with_planted_email(http::Request request, std::string_view input) {
    auto parsed = model::parse_json(request.body);
    auto* body = std::get_if<Value>(&parsed);
    if (body == nullptr) return std::nullopt;
    std::vector<Value*> texts;
    collect_texts(*body, texts);
    if (texts.empty()) return std::nullopt;
    *texts[std::hash<std::string_view>{}(input) % texts.size()] = Value(email);
    request.body = model::to_json(*body);
    return request;
}

}  // namespace pinrelay::fuzz
