#include "essence.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "pinrelay/core/content_hash.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Essence;

struct KindRow {
    std::string_view key;
    std::size_t kind;
};
constexpr std::array kind_rows = {
    KindRow{"em", 0},
    KindRow{"ph", 1},
    KindRow{"click_id", 2},
    KindRow{"external_id", 3},
    KindRow{"hashed_maids", 4},
    KindRow{"partner_id", 4},
    KindRow{"client_ip_address", 5},
    KindRow{"client_user_agent", 5},
    KindRow{"ln", 6},
    KindRow{"fn", 6},
    KindRow{"ge", 6},
    KindRow{"db", 6},
    KindRow{"ct", 7},
    KindRow{"st", 7},
    KindRow{"zp", 7},
    KindRow{"country", 7},
};

const Object* object_at(const Object& event, std::string_view key) {
    const auto member = std::ranges::find_if(event, [key](const auto& one) { return one.key == key; });
    return member == event.end() ? nullptr : member->value.object();
}

const std::string* text_member(const Object& object, std::string_view key) {
    const auto member = std::ranges::find_if(object, [key](const auto& one) { return one.key == key; });
    return member == object.end() ? nullptr : member->value.text();
}

// A sum, so that the order of a list makes no difference. The key is the seed: a city is no region.
std::uint64_t digest_of(const model::Value& value, std::uint64_t seed) {
    if (const auto* text = value.text()) return hash64(*text, seed);
    std::uint64_t sum = 0;
    if (const auto* list = value.array())
        for (const model::Value& entry : *list)
            if (const auto* text = entry.text()) sum += hash64(*text, seed);
    return sum;
}

// Each bit has its part in the result, which is never 0: that would be "none".
std::uint16_t folded(std::uint64_t digest) noexcept {
    constexpr unsigned bits = 16;
    for (unsigned from = 64 / 2; from >= bits; from /= 2) digest ^= digest >> from;
    const auto low = static_cast<std::uint16_t>(digest);
    return low == 0 ? std::uint16_t{1} : low;
}

std::uint64_t value_of(const Object& event) {
    const Object* data = object_at(event, "custom_data");
    if (data == nullptr) return 0;
    const std::string* value = text_member(*data, "value");
    const std::string* currency = text_member(*data, "currency");
    if (value == nullptr && currency == nullptr) return 0;
    const std::uint64_t digest = hash64(value == nullptr ? "" : *value, currency == nullptr ? 0 : hash64(*currency, 1));
    return digest == 0 ? 1 : digest;
}

}  // namespace

Essence essence_of(const Object& event) {
    Essence essence;
    essence.value = value_of(event);
    const Object* person = object_at(event, "user_data");
    if (person == nullptr) return essence;
    std::array<std::uint64_t, Essence::kinds> digests{};
    std::array<bool, Essence::kinds> has{};
    for (const auto& member : *person) {
        const auto* row = std::ranges::find(kind_rows, std::string_view(member.key), &KindRow::key);
        if (row == kind_rows.end()) continue;
        digests[row->kind] += digest_of(member.value, static_cast<std::uint64_t>(row - kind_rows.begin()));
        has[row->kind] = true;
    }
    for (std::size_t kind = 0; kind < Essence::kinds; ++kind)
        if (has[kind]) essence.identifiers[kind] = folded(digests[kind]);
    return essence;
}

}  // namespace pinrelay::destinations::pinterest
