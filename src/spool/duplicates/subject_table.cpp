#include "subject_table.hpp"

#include <bit>
#include <string>

#include "pinrelay/core/content_hash.hpp"

namespace pinrelay::spool {
namespace {

constexpr std::size_t first_slots = 64;
constexpr unsigned word_bits = 64;

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
    const EventKey key{digest.high, digest.low};
    return key == EventKey{} ? EventKey{0, 1} : key;
}

EventKey key_of(const Record& record) { return key_of(record.destination, record.event_name, record.event_id); }

// Multiply-shift hashing with odd factors; the constants only spread the bits of a small seed.
SubjectTable::SubjectTable(std::uint64_t seed)
    : high_factor_((seed * 0x9e3779b97f4a7c15) | 1U), low_factor_((~seed * 0xc2b2ae3d27d4eb4f) | 1U) {}

std::size_t SubjectTable::home(EventKey key) const noexcept {
    return static_cast<std::size_t>((key.high * high_factor_ + key.low * low_factor_) >> shift_);
}

std::size_t SubjectTable::slot_of(EventKey key) const noexcept {
    std::size_t slot = home(key);
    while (!slots_[slot].free() && slots_[slot].key != key) slot = after(slot);
    return slot;
}

const std::uint64_t* SubjectTable::find(EventKey key) const noexcept {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[slot_of(key)];
    return slot.free() ? nullptr : &slot.subject;
}

void SubjectTable::put(EventKey key, std::uint64_t subject) {
    if ((size_ + 1) * 4 > slots_.size() * 3) grow();
    Slot& slot = slots_[slot_of(key)];
    if (slot.free()) ++size_;
    slot = {key, subject};
}

// What stands behind the gap and would no longer be found moves into it.
void SubjectTable::erase(EventKey key) noexcept {
    if (slots_.empty()) return;
    std::size_t gap = slot_of(key);
    if (slots_[gap].free()) return;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t next = after(gap); !slots_[next].free(); next = after(next)) {
        const std::size_t from_home = (next - home(slots_[next].key)) & mask;
        const std::size_t from_gap = (next - gap) & mask;
        if (from_home < from_gap) continue;
        slots_[gap] = slots_[next];
        gap = next;
    }
    slots_[gap] = {};
    --size_;
}

void SubjectTable::grow() {
    std::vector<Slot> slots(slots_.empty() ? first_slots : slots_.size() * 2);
    slots.swap(slots_);
    shift_ = word_bits - static_cast<unsigned>(std::countr_zero(slots_.size()));
    for (const Slot& slot : slots)
        if (!slot.free()) slots_[slot_of(slot.key)] = slot;
}

}  // namespace pinrelay::spool
