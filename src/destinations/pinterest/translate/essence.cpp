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

// A sum, so that the order of a list makes no difference. The key is the seed: a city is no region.
std::uint64_t digest_of(const model::Value& value, std::uint64_t seed) noexcept {
    if (const auto text = value.text()) return hash64(*text, seed);
    std::uint64_t sum = 0;
    for (const model::Value& entry : value.items())
        if (const auto text = entry.text()) sum += hash64(*text, seed);
    return sum;
}

// Each bit has its part in the result, which is never 0: that would be "none".
std::uint16_t folded(std::uint64_t digest) noexcept {
    constexpr unsigned bits = 16;
    for (unsigned from = 64 / 2; from >= bits; from /= 2) digest ^= digest >> from;
    const auto low = static_cast<std::uint16_t>(digest);
    return low == 0 ? std::uint16_t{1} : low;
}

std::uint64_t digest_of_amount(std::string_view value, std::string_view currency) noexcept {
    if (value.empty() && currency.empty()) return 0;
    const std::uint64_t digest = hash64(value, currency.empty() ? 0 : hash64(currency, 1));
    return digest == 0 ? 1 : digest;
}

}  // namespace

void EssenceOfKeys::add_of_person(std::string_view key, const model::Value& value) noexcept {
    const auto* row = std::ranges::find(kind_rows, key, &KindRow::key);
    if (row == kind_rows.end()) return;
    digests_[row->kind] += digest_of(value, static_cast<std::uint64_t>(row - kind_rows.begin()));
    has_[row->kind] = true;
}

Essence EssenceOfKeys::essence(std::string_view value, std::string_view currency) const noexcept {
    Essence essence;
    essence.value = digest_of_amount(value, currency);
    for (std::size_t kind = 0; kind < Essence::kinds; ++kind)
        if (has_[kind]) essence.identifiers[kind] = folded(digests_[kind]);
    return essence;
}

}  // namespace pinrelay::destinations::pinterest
