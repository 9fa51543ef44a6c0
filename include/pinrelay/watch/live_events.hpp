#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::watch {

enum class Status : std::uint8_t {
    // Of an event that came in:
    Accepted,   // stored, to be delivered
    Dropped,    // not sent, for `reason`
    Duplicate,  // not sent: an earlier event is the same
    Rejected,   // cannot be read, or the whole request was refused
    Ignored,    // a member of a request that is no event
    // Of an event that was stored before:
    Delivered,
    Dead,     // it became a dead letter
    Retried,  // it is sent again later
};

// "accepted", "dropped" …
std::string_view name_of(Status status) noexcept;

// Whether it is about an event that was stored before.
constexpr bool is_fate(Status status) noexcept { return status >= Status::Delivered; }

// The texts of an entry. An absent one is empty. None of them holds personal data in plain text.
enum class Part : std::uint8_t {
    Account,      // "pinterest:549755885175"
    EventId,      // as stored
    Name,         // the destination's
    Event,        // GA4's
    Reason,       // of a metric
    Identifiers,  // their keys, a blank between two: "em client_ip_address"
    Warnings,     // their codes, likewise
    Message,      // why, for people
};
inline constexpr std::size_t part_count = 8;

// One event that came in, or what became of one. Text is std::string_view for the caller that notes it and std::string
// for the reader.
template <class Text>
struct Entry {
    Status status = Status::Accepted;
    Time time{};
    std::optional<std::chrono::milliseconds> latency{};  // of Delivered and Dead: since the event was accepted
    std::array<Text, part_count> parts{};

    Text& operator[](Part part) noexcept { return parts[static_cast<std::size_t>(part)]; }
    const Text& operator[](Part part) const noexcept { return parts[static_cast<std::size_t>(part)]; }
};
using Note = Entry<std::string_view>;

// An entry as it was kept: long texts are cut, the last parts first.
struct Kept : Entry<std::string> {
    std::uint64_t seq = 0;  // ascends by one with each note, from 1 at the start of the process
};

// The place of one reader. It is a reader's own.
struct Cursor {
    std::uint64_t next = 1;     // the first entry that it has not read
    std::uint64_t awaited = 0;  // that was not there at the last read
};

struct Batch {
    std::vector<Kept> entries;  // the oldest first
    std::uint64_t missed = 0;   // entries that were gone before the reader came to them
};

// The last events and outcomes, for those who watch. It takes at most 3 MiB, and has no lock that anybody waits
// for: a note costs two atomic operations and a copy of its texts, whether or not anybody reads. A reader that is too
// slow misses entries and learns how many. Any thread may make any call.
class LiveEvents {
public:
    static constexpr std::size_t capacity = 8192;

    LiveEvents();
    LiveEvents(const LiveEvents&) = delete;
    LiveEvents& operator=(const LiveEvents&) = delete;
    ~LiveEvents();

    void note(const Note& note) noexcept;

    // At most `most` entries behind the cursor, which moves on.
    Batch read(Cursor& cursor, std::size_t most) const;

    // A cursor behind all that was noted so far.
    Cursor now() const noexcept;

    // A cursor at the oldest entry that is still kept.
    Cursor oldest() const noexcept;

private:
    struct Slot;
    struct Texts;

    // Nothing: it is being written, or another entry has its place. `is_gone` in the second case.
    std::optional<Kept> copy(std::uint64_t seq, bool& is_gone) const;

    std::unique_ptr<Slot[]> slots_;         // NOLINT(modernize-avoid-c-arrays)
    std::unique_ptr<Texts[]> texts_;        // NOLINT(modernize-avoid-c-arrays): each belongs to the slot of its index
    std::atomic<std::uint64_t> noted_ = 0;  // the number of the last note
};

}  // namespace pinrelay::watch
