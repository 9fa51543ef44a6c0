#include "pinrelay/watch/live_events.hpp"

#include <algorithm>
#include <utility>

namespace pinrelay::watch {
namespace {

// Room for the texts of an entry: the usual one takes half of it.
constexpr std::size_t text_bytes = 328;

// No part takes more: one long text must not push out the others.
constexpr std::size_t longest_part = 160;

constexpr std::int64_t no_latency = -1;

struct NameRow {
    Status status;
    std::string_view name;
};
constexpr std::array name_rows = {
    NameRow{Status::Accepted, "accepted"}, NameRow{Status::Dropped, "dropped"}, NameRow{Status::Duplicate, "duplicate"},
    NameRow{Status::Rejected, "rejected"}, NameRow{Status::Ignored, "ignored"}, NameRow{Status::Delivered, "delivered"},
    NameRow{Status::Dead, "dead"},         NameRow{Status::Retried, "retried"},
};

// Not within a character of UTF-8.
std::size_t cut_at(std::string_view text, std::size_t most) {
    constexpr unsigned kind = 0xC0;
    constexpr unsigned continues = 0x80;
    if (text.size() <= most) return text.size();
    while (most > 0 && (static_cast<unsigned char>(text[most]) & kind) == continues) --most;
    return most;
}

}  // namespace

std::string_view name_of(Status status) noexcept {
    const auto* row = std::ranges::find(name_rows, status, &NameRow::status);
    return row == name_rows.end() ? std::string_view() : row->name;
}

// The parts of an entry, one behind the other.
struct LiveEvents::Texts : std::array<char, text_bytes> {};

struct LiveEvents::Slot {
    std::atomic<bool> busy = false;  // one writer or one reader is at what follows
    Status status{};
    std::array<std::uint16_t, part_count> sizes{};
    std::uint64_t seq = 0;
    std::int64_t latency = no_latency;
    Time time{};

    bool try_lock() noexcept { return !busy.exchange(true, std::memory_order_acquire); }
    void unlock() noexcept { busy.store(false, std::memory_order_release); }

    void write(std::uint64_t number, const Note& note, Texts& text) noexcept {
        seq = number;
        status = note.status;
        time = note.time;
        latency = note.latency ? note.latency->count() : no_latency;
        std::size_t used = 0;
        for (std::size_t part = 0; part < part_count; ++part) {
            const std::string_view whole = note.parts[part];
            const std::size_t size = cut_at(whole, std::min(longest_part, text_bytes - used));
            whole.copy(text.data() + used, size);
            sizes[part] = static_cast<std::uint16_t>(size);
            used += size;
        }
    }

    Kept read(const Texts& text) const {
        Kept kept;
        kept.seq = seq;
        kept.status = status;
        kept.time = time;
        if (latency != no_latency) kept.latency = std::chrono::milliseconds(latency);
        const char* from = text.data();
        for (std::size_t part = 0; part < part_count; ++part) {
            kept.parts[part].assign(from, sizes[part]);
            from += sizes[part];
        }
        return kept;
    }
};

// The texts are not touched here, so that they take no memory before there are entries.
LiveEvents::LiveEvents()
    // NOLINTBEGIN(modernize-avoid-c-arrays)
    : slots_(std::make_unique<Slot[]>(capacity)), texts_(std::make_unique_for_overwrite<Texts[]>(capacity)) {}
// NOLINTEND(modernize-avoid-c-arrays)
LiveEvents::~LiveEvents() = default;

// Where somebody is at the place, the note is lost, and its readers count it as missed. It takes a reader that copies
// the oldest entry in the same moment, or a writer that all others have overtaken.
void LiveEvents::note(const Note& note) noexcept {
    const std::uint64_t number = noted_.fetch_add(1, std::memory_order_relaxed) + 1;
    Slot& slot = slots_[number % capacity];
    if (!slot.try_lock()) return;
    if (slot.seq < number) slot.write(number, note, texts_[number % capacity]);
    slot.unlock();
}

std::optional<Kept> LiveEvents::copy(std::uint64_t seq, bool& is_gone) const {
    Slot& slot = slots_[seq % capacity];
    if (!slot.try_lock()) return std::nullopt;
    is_gone = slot.seq > seq;
    auto kept = slot.seq == seq ? std::optional(slot.read(texts_[seq % capacity])) : std::nullopt;
    slot.unlock();
    return kept;
}

Batch LiveEvents::read(Cursor& cursor, std::size_t most) const {
    Batch batch;
    const std::uint64_t last = noted_.load(std::memory_order_relaxed);
    const std::uint64_t first = oldest().next;
    if (cursor.next < first) {
        batch.missed = first - cursor.next;
        cursor.next = first;
    }
    for (; cursor.next <= last && batch.entries.size() < most; ++cursor.next) {
        bool is_gone = false;
        auto kept = copy(cursor.next, is_gone);
        if (kept) {
            batch.entries.push_back(std::move(*kept));
            continue;
        }
        // Its writer may be at it still: then the next read finds it.
        if (!is_gone && cursor.awaited != cursor.next) {
            cursor.awaited = cursor.next;
            break;
        }
        ++batch.missed;
    }
    return batch;
}

Cursor LiveEvents::now() const noexcept { return {noted_.load(std::memory_order_relaxed) + 1, 0}; }

Cursor LiveEvents::oldest() const noexcept {
    const std::uint64_t last = noted_.load(std::memory_order_relaxed);
    return {last < capacity ? 1 : last - capacity + 1, 0};
}

}  // namespace pinrelay::watch
