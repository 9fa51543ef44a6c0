#include "journal_bytes.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace pinrelay::spool {
namespace {

// Sizes of the numbers in bytes. Seconds are good until 2106.
constexpr std::size_t digest_size = 8;
constexpr std::size_t record_size = 6;
constexpr std::size_t time_size = 4;
constexpr std::size_t kind_size = 2;
static_assert(entry_bytes == 2 * digest_size + record_size + time_size + kind_size);

constexpr std::size_t count_size = 2;
constexpr std::size_t low_size = 2;  // of a record, without its block
constexpr std::size_t head_size = time_size + kind_size + count_size;
constexpr std::int64_t low_mask = (1 << block_bits) - 1;

constexpr std::size_t part_size = 4;
constexpr std::size_t place_size = 4;
static_assert(journal_key_bytes == part_size + place_size);

template <std::size_t size>
void put(char*& at, std::uint64_t number) {
    for (std::size_t i = 0; i < size; ++i) *at++ = static_cast<char>(number >> (8 * i) & 0xFFU);
}

template <std::size_t size>
std::uint64_t take(const char*& at) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < size; ++i)
        number |= static_cast<std::uint64_t>(static_cast<unsigned char>(*at++)) << (8 * i);
    return number;
}

std::uint64_t seconds_of(Time time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
    return static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0));
}

Time at_seconds(std::uint64_t seconds) { return Time(std::chrono::seconds(seconds)); }

// The bits behind those that choose the bucket.
std::uint32_t part_of(std::uint64_t digest) noexcept { return static_cast<std::uint32_t>(digest); }

bool share_head(const JournalOutcome& one, const JournalOutcome& other) {
    return one.kind == other.kind && seconds_of(one.time) == seconds_of(other.time);
}

}  // namespace

void add_entry(const JournalEntry& entry, std::string& bytes) {
    std::array<char, entry_bytes> written{};
    char* at = written.data();
    put<digest_size>(at, entry.event);
    put<digest_size>(at, entry.order);
    put<record_size>(at, static_cast<std::uint64_t>(entry.record));
    put<time_size>(at, seconds_of(entry.time));
    put<kind_size>(at, entry.kind);
    bytes.append(written.data(), written.size());
}

JournalEntry entry_at(std::string_view entries, std::size_t index) {
    const char* at = entries.data() + index * entry_bytes;
    JournalEntry entry;
    entry.event = take<digest_size>(at);
    entry.order = take<digest_size>(at);
    entry.record = static_cast<RecordId>(take<record_size>(at));
    entry.time = at_seconds(take<time_size>(at));
    entry.kind = static_cast<KindNumber>(take<kind_size>(at));
    return entry;
}

std::string bytes_of(const std::vector<JournalOutcome>& outcomes) {
    std::string bytes;
    for (auto first = outcomes.begin(); first != outcomes.end();) {
        const auto end = std::find_if_not(first, outcomes.end(),
                                          [&](const JournalOutcome& outcome) { return share_head(outcome, *first); });
        std::array<char, head_size> head{};
        char* at = head.data();
        put<time_size>(at, seconds_of(first->time));
        put<kind_size>(at, first->kind);
        put<count_size>(at, static_cast<std::uint64_t>(end - first));
        bytes.append(head.data(), head.size());
        for (; first != end; ++first) {
            std::array<char, low_size> low{};
            at = low.data();
            put<low_size>(at, static_cast<std::uint64_t>(first->record & low_mask));
            bytes.append(low.data(), low.size());
        }
    }
    return bytes;
}

bool read_outcomes(std::int64_t block, std::string_view bytes, std::vector<JournalOutcome>& outcomes) {
    while (!bytes.empty()) {
        if (bytes.size() < head_size) return false;
        const char* at = bytes.data();
        const Time time = at_seconds(take<time_size>(at));
        const auto kind = static_cast<KindNumber>(take<kind_size>(at));
        const auto count = static_cast<std::size_t>(take<count_size>(at));
        if (count == 0 || bytes.size() < head_size + count * low_size) return false;
        for (std::size_t i = 0; i < count; ++i) {
            const auto low = static_cast<std::int64_t>(take<low_size>(at));
            if (low > low_mask) return false;
            outcomes.push_back({(block << block_bits) + low, time, kind});
        }
        bytes.remove_prefix(head_size + count * low_size);
    }
    return true;
}

void add_key(std::uint64_t digest, std::uint32_t place, std::string& keys) {
    std::array<char, journal_key_bytes> written{};
    char* at = written.data();
    put<part_size>(at, part_of(digest));
    put<place_size>(at, place);
    keys.append(written.data(), written.size());
}

std::vector<std::uint32_t> places_of(std::uint64_t digest, std::string_view keys) {
    std::vector<std::uint32_t> places;
    for (; keys.size() >= journal_key_bytes; keys.remove_prefix(journal_key_bytes)) {
        const char* at = keys.data();
        if (take<part_size>(at) == part_of(digest)) places.push_back(static_cast<std::uint32_t>(take<place_size>(at)));
    }
    return places;
}

}  // namespace pinrelay::spool
