#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/record.hpp"
#include "pinrelay/spool/journal.hpp"

// The journal in bytes, the lowest byte of each number first. docs/spool.md explains the tables. Pure.
namespace pinrelay::spool {

using model::RecordId;

// The number of a JournalKind in `journal_kind`; 0: not known.
using KindNumber = std::uint16_t;

// An event that arrived. The digests are keyed, and 0 where there is no id.
struct JournalEntry {
    std::uint64_t event = 0;
    std::uint64_t order = 0;
    RecordId record = 0;  // 0: none
    Time time{};          // in seconds
    KindNumber kind = 0;
    friend bool operator==(const JournalEntry&, const JournalEntry&) = default;

    bool is_about(std::uint64_t digest) const noexcept { return digest != 0 && (event == digest || order == digest); }
};
inline constexpr std::size_t entry_bytes = 28;

void add_entry(const JournalEntry& entry, std::string& bytes);
JournalEntry entry_at(std::string_view entries, std::size_t index);  // of entries_in(entries)
inline std::size_t entries_in(std::string_view entries) noexcept { return entries.size() / entry_bytes; }

// What became of records, in the order of the settlements. Rows of a block hold records with the same upper bits.
struct JournalOutcome {
    RecordId record = 0;
    Time time{};  // in seconds
    KindNumber kind = 0;
    friend bool operator==(const JournalOutcome&, const JournalOutcome&) = default;
};
inline constexpr unsigned block_bits = 12;
constexpr std::int64_t block_of(RecordId record) noexcept { return record >> block_bits; }

// Of one block. Records of the same time and kind share what they have in common.
std::string bytes_of(const std::vector<JournalOutcome>& outcomes);
// False where the bytes are no such list; `outcomes` then gets those in front of the fault.
bool read_outcomes(std::int64_t block, std::string_view bytes, std::vector<JournalOutcome>& outcomes);

// The keys of a segment of entries: in buckets by the first bits of a digest, as digests are random. A key is a part
// of the digest and the place of its entry in the segment.
inline constexpr unsigned bucket_bits = 10;
inline constexpr std::size_t buckets = 1U << bucket_bits;
inline constexpr std::size_t journal_key_bytes = 8;
constexpr std::size_t bucket_of(std::uint64_t digest) noexcept {
    return static_cast<std::size_t>(digest >> (64U - bucket_bits));
}
void add_key(std::uint64_t digest, std::uint32_t place, std::string& keys);
std::vector<std::uint32_t> places_of(std::uint64_t digest, std::string_view keys);  // ascending; few may be others'

}  // namespace pinrelay::spool
