#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/record.hpp"

// The journal: what became of each event, for `pinrelay find`. It holds digests of ids with the secret of the store,
// names, times and numbers, and nothing else of an event.
namespace pinrelay::spool {

struct JournalOptions {
    // How long an entry is kept; up to a day longer. 0: there is no journal, and what the file has of one is removed.
    std::chrono::milliseconds keep{0};

    // What its entries may take of the store; the oldest are removed first. An eighth of the store at most.
    std::uint64_t max_bytes = 1024ULL * 1024 * 1024;
};

// What an entry takes of the file at most, with its keys, its outcome and what SQLite adds: of events that come one by
// one. Of a busy relay it is half (docs/decisions/0012-journal.md).
inline constexpr std::uint64_t bytes_of_journal_entry = 80;

// An event that was dropped before the store: for the journal alone.
struct DroppedEvent {
    std::string account;      // Destination::name; "" where no account takes the event
    std::string event_name;   // as it came; "" unless it has the form of a name
    std::string event_id;     // as its sender wrote it; "" without one. Only its digest is kept.
    std::string order_id;     // likewise
    std::string_view reason;  // a metric label; outlives everything
};

// The file keeps the numbers.
enum class Happened : std::uint8_t {
    Unknown = 0,
    // to an event that arrived:
    Accepted = 1,      // it became a record
    Duplicate = 2,     // of an event that was accepted before, or it took the place of one
    Dropped = 3,       // before the store
    SentAfterAll = 4,  // a duplicate that became a record, since the first became a dead letter
    // to a record:
    Delivered = 5,
    DeadLetter = 6,
};

struct FoundOutcome {
    Time time{};  // in seconds
    Happened what = Happened::Delivered;
    std::string reason;  // DeadLetter: its label. Delivered: kinds of the destination's warnings, with commas; or ""
    friend bool operator==(const FoundOutcome&, const FoundOutcome&) = default;
};

struct FoundEvent {
    Time time{};  // of its arrival, in seconds
    Happened what = Happened::Unknown;
    std::string account;                 // "" where no account takes the event
    std::string source_name;             // as it came; "" where it may not be kept
    std::string event_label;             // as sent, where it is one of a fixed set; "" of a dropped event
    std::string reason;                  // of a dropped event: a metric label
    model::RecordId record = 0;          // Duplicate: of the event that was sent in its place; 0: none
    std::vector<FoundOutcome> outcomes;  // of the record, the oldest first; several where it was replayed
    bool pending = false;                // the record waits in the store now
    friend bool operator==(const FoundEvent&, const FoundEvent&) = default;
};

struct FoundEvents {
    std::vector<FoundEvent> events;  // the newest first
    bool more = false;               // there are older ones beyond the limit
    std::optional<Time> since;       // when the oldest entry of the journal was made; nothing: it is empty
    std::uint64_t entries = 0;       // of the whole journal
};

struct JournalQuestion {
    enum class By { EventId, Order, Last };

    By by = By::Last;
    std::string id{};        // not for Last
    std::size_t limit = 20;  // at most so many events
};

// Reads the journal of a store, beside a running relay or without one. Every call blocks, as of one moment, and throws
// std::runtime_error with a sentence for the operator. One thread at a time.
class JournalFile {
public:
    // Throws if the file does not exist or has another schema version.
    explicit JournalFile(const std::filesystem::path& directory);
    JournalFile(const JournalFile&) = delete;
    JournalFile& operator=(const JournalFile&) = delete;
    ~JournalFile();

    // The id as it is sent to the destination; of a dropped event, as its sender wrote it.
    FoundEvents find(const JournalQuestion& question);
    FoundEvents with_event_id(std::string_view event_id, std::size_t limit);
    FoundEvents of_order(std::string_view order_id, std::size_t limit);
    FoundEvents last(std::size_t limit);

private:
    class Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace pinrelay::spool
