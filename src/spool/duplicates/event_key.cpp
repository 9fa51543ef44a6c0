#include "event_key.hpp"

#include <string>

#include "pinrelay/core/content_hash.hpp"

namespace pinrelay::spool {
namespace {

// With its length in front, so that no two records are written alike.
void add(ContentHash& hash, std::string_view text) {
    hash.add(std::to_string(text.size()));
    hash.add(':');
    hash.add(text);
}

}  // namespace

EventKey key_of(std::string_view destination, std::string_view event_name, std::string_view event_id) {
    ContentHash hash;
    for (const std::string_view text : {destination, event_name, event_id}) add(hash, text);
    const ContentDigest digest = hash.digest();
    return {digest.high, digest.low};
}

EventKey key_of(const model::Record& record) { return key_of(record.destination, record.event_name, record.event_id); }

// The constants only spread the bits of a small seed.
EventKeyHash::EventKeyHash(std::uint64_t seed) noexcept
    : high_factor_((seed * 0x9e3779b97f4a7c15) | 1U), low_factor_((~seed * 0xc2b2ae3d27d4eb4f) | 1U) {}

}  // namespace pinrelay::spool
