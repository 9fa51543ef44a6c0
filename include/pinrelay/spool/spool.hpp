#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/result.hpp"
#include "pinrelay/model/essence.hpp"
#include "pinrelay/model/record.hpp"
#include "pinrelay/model/trust.hpp"
#include "pinrelay/spool/dead_letters.hpp"
#include "pinrelay/spool/journal.hpp"

namespace pinrelay::spool {

using model::Record;
using model::RecordId;
using model::StoredRecord;

// A new record, with what is only remembered for deduplication.
struct Arrival {
    Record record;

    // The subject of the event: a digest of its order's id, else of its visitor; 0 where neither is known.
    std::uint64_t subject = 0;

    model::Trust trust = model::Trust::Anonymous;  // of its sender
    model::Essence essence{};
    std::string order_id{};  // as it came, without blanks around it; "" where there is none. For the journal.

    // What becomes of an arrival whose destination, event_name and event_id were appended before, in short; the whole
    // table is in docs/decisions/0006-trust-and-content.md.
    //
    // - The sender is trusted more: never a duplicate. While the earlier record is pending and nobody has leased it, it
    //   makes place for an arrival that says all of it. Else it becomes a dead letter with the reason `displaced` if
    //   the sender is a known one (Trust::Network and better).
    // - The sender is trusted less: a duplicate while the earlier record of a known sender is pending. Later it is one
    //   only if it adds nothing.
    // - The sender is trusted alike: a duplicate if it is about the same subject, has the same value, and no identifier
    //   that the earlier one lacks. An arrival that says all of the earlier one and more takes its place while that
    //   waits. Everything else is stored and sent with the same id.
    // - The same arrival once more is always a duplicate.
    // - Of events that the destination does not deduplicate, none is stored beside another one of the same trust,
    //   unless both subjects are known and differ.
    //
    // An arrival that takes a place counts as folded: its record is sent, and the earlier one's is not.
    //
    // The best duplicate of a pending record is kept beside it. It becomes a record if that one becomes a dead letter
    // for a reason that may not hold for the duplicate: refused, request_refused, server_error, and, if it is newer,
    // too_old and late.
};

// The bytes that a record takes on disk, as the bounds of the store count them. An estimate: its texts, and what the
// store keeps beside them.
std::uint64_t bytes_of(const Record& record) noexcept;

// Positions in a list of arrivals, ascending: those that are duplicates of earlier ones.
using Duplicates = std::vector<std::size_t>;

enum class SpoolErrc {
    Full = 1,     // a bound of the store is reached; the records were refused, and nothing was dropped
    ShareFull,    // the remaining room is reserved for other destinations: see Spool::share_between
    KnownOnly,    // the remaining room is reserved for known senders: see Spool::keep_room_for_known
    WriteFailed,  // the disk failed; nothing of the call was kept
    Closed,       // the store is closing or closed
};
const boost::system::error_category& spool_category() noexcept;
inline ErrorCode make_error_code(SpoolErrc e) noexcept { return {static_cast<int>(e), spool_category()}; }

// The result of one leased record.
struct Settlement {
    enum class Fate { Delivered, DeadLetter, Retry };

    RecordId id = 0;
    Fate fate = Fate::Delivered;
    std::string reason;   // DeadLetter: a label from dead_letter_reasons.hpp. Delivered: see delivered
    std::string message;  // DeadLetter: the destination's own words, without personal data
    Time not_before{};    // Retry: no lease gives the record before this time
    int sends = 0;        // DeadLetter, Retry: requests since the lease that carried the record; at least 0

    // `warnings`: labels of a fixed set, with commas, for the kinds of what the destination warned of.
    static Settlement delivered(RecordId id, std::string warnings = {});
    static Settlement dead(RecordId id, std::string_view reason, std::string message, int sends = 0);
    static Settlement retry(RecordId id, Time not_before, int sends = 1);
};

struct LeaseRequest {
    std::string destination;
    std::size_t max_records = 1000;
    std::size_t max_bytes = 1'000'000;  // of bodies; a record that is larger is leased alone
    Time now{};                         // a record is due if its not_before is at or before this time
    Time fresh_since{};                 // a record is fresh if its event_time is at or after this time
    bool fresh_only = false;            // false: fresh records first, then the others; the oldest first in both
    bool newest_first = false;          // in both
    std::optional<Time> event_since;    // no record whose event_time is before this time; nothing: of any age
    // No record waits longer. One whose not_before is further after `now` was given back before the clock was set back,
    // and is due. Zero: every record is due. Nothing: each waits for its not_before.
    std::optional<std::chrono::milliseconds> longest_wait;
};

inline constexpr std::size_t most_due_at_once = 10'000;  // see Spool::lease

// Counts since the store was created. They are committed together with the records. So the event accounting
// stored + replayed = delivered + dead_lettered + pending holds at every moment, also after a crash. The arrivals that
// were taken are stored + folded - unfolded.
struct Counts {
    std::uint64_t stored = 0;
    std::uint64_t delivered = 0;
    std::uint64_t dead_lettered = 0;
    std::uint64_t replayed = 0;  // dead letters that became pending again
    std::uint64_t folded = 0;    // duplicates; they were not stored and are no part of `stored`
    std::uint64_t reused = 0;    // stored although an event about another subject had the same id
    std::uint64_t unfolded = 0;  // duplicates that became records, since the first became a dead letter; in `stored`

    // Arrivals with the id of another event that has another value, or that came from senders of another class of trust
    // with another subject or other identifiers; folded or not.
    std::uint64_t conflicts = 0;

    std::uint64_t pending() const noexcept { return stored + replayed - delivered - dead_lettered; }
    Counts& operator+=(const Counts& more) noexcept;
    friend bool operator==(const Counts&, const Counts&) = default;
};

// The pending records of one destination. Leased records are pending, too.
struct Waiting {
    std::uint64_t pending = 0;
    std::optional<Time> oldest;  // event_time of the oldest pending record; absent when none is pending
    friend bool operator==(const Waiting&, const Waiting&) = default;
};

// The journal as of the last commit; see journal.hpp.
struct JournalSize {
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;          // as JournalOptions::max_bytes counts them
    std::uint64_t left_out = 0;       // dropped events without an entry, since there was no room; since the start
    std::uint64_t removed_early = 0;  // entries that were removed for max_bytes before their time; since the start
    std::optional<Time> since;        // of the oldest entry
    friend bool operator==(const JournalSize&, const JournalSize&) = default;
};

struct Ledger {
    std::map<std::pair<std::string, std::string>, Counts> by_label;  // key: destination, event_label
    std::map<std::string, Time> oldest_pending;  // event_time by destination; absent when none is pending
    std::map<std::pair<std::string, std::string>, std::uint64_t> dead_by_reason;  // key: destination, reason
    std::map<std::string, DeadLetterSize> dead_letters;  // that are in the store, by destination
    std::map<std::pair<std::string, std::string>, std::uint64_t> removed_letters;  // key: destination, removals label
    std::optional<std::uint64_t> dead_letter_max_bytes;  // the limit in force; nothing where there is none
    std::optional<JournalSize> journal;                  // nothing where there is none
    std::uint64_t bytes = 0;  // in use on disk, counted as the bound of the store counts them
    bool writable = true;     // false from a failed write until the next write that succeeds
    bool full = false;        // true from an append that was refused with Full until there is room for it

    Counts total(const std::string& destination) const;
    Counts total() const;
    DeadLetterSize all_dead_letters() const;
    Waiting waiting(const std::string& destination) const;
};

// Keeps finished events until each is delivered or a dead letter.
//
// Any thread may make any call, and every call but close() returns at once. A callback is called exactly once; it must
// not block and must not throw. It comes from the store's own thread. Answers that need no disk are the exception: they
// come from the calling thread, before the call returns. These are Closed, Full, ShareFull, KnownOnly, and all answers
// of a store that answers from memory.
class Spool {
public:
    virtual ~Spool() = default;

    using Done = std::function<void(Result<void>)>;
    using Checked = std::function<void(Result<Duplicates>)>;
    using Leased = std::function<void(Result<std::vector<StoredRecord>>)>;
    using Expired = std::function<void(Result<std::size_t>)>;

    // Stores all the records or none. Duplicates are counted and not stored; that is a success, and `done` gets them:
    // see Arrival.
    // It is called after the commit is on stable storage. A store that answers from memory has not looked yet: it
    // names no duplicate, and counts them later.
    // Errors: Full, ShareFull, KnownOnly, WriteFailed, Closed.
    virtual void append(std::vector<Arrival> arrivals, Checked done) = 0;

    // The duplicates that an append of these arrivals would find now. Stores and remembers nothing.
    // Errors: WriteFailed, Closed.
    virtual void check_duplicates(std::vector<Arrival> arrivals, Checked checked) = 0;

    // Gives due records that nobody has leased, in the order that LeaseRequest describes. The caller has them until it
    // settles them, or until the store is opened again. An empty answer means that no record is due; or, where the
    // listener of on_append is called behind it, that every record at which the store looked was displaced.
    //
    // A record that was due once stays due, also if the clock is set back. The first opening of the store in a process
    // ends all waits. When more than most_due_at_once records become due at the same moment, some of them are given by
    // a later lease. The lease of a record that the destination does not
    // deduplicate is on stable storage before the answer: see StoredRecord::interrupted.
    // Errors: WriteFailed, Closed. After an error no record is leased.
    virtual void lease(LeaseRequest request, Leased leased) = 0;

    // Ends leases, all of them or none. A settlement of a record that is not pending is ignored. The sends of a Retry
    // or a DeadLetter are added to the record's attempts.
    // Errors: WriteFailed, Closed. After WriteFailed the records are still leased; settle them again.
    virtual void settle(std::vector<Settlement> settlements, Done done) = 0;

    // Makes dead letters of at most `limit` records whose event_time is before `before`, the oldest first. Leased
    // records are left alone. `expired` gets the number; a number below `limit` means that no such record is left.
    // `reason` and `message` are those of a Settlement.
    // Errors: WriteFailed, Closed. After an error no record has expired.
    virtual void expire(std::string destination, Time before, std::string reason, std::string message,
                        std::size_t limit, Expired expired) = 0;

    // Sets the only listener. It is called after each commit that made new records, of arrivals or of duplicates,
    // after a lease that displaced all it looked at, and after another program changed the store. The call comes from
    // the thread of the callbacks, after the callbacks. It must not block or throw.
    virtual void on_append(std::function<void()> listener) = 0;

    // Reserves room for each of these destinations; with fewer than two there is nothing to divide. Half of each bound
    // is for whoever comes first. The other half is reserved in equal parts. An append that would use the part of
    // another destination gets ShareFull. The store estimates the bytes of a destination from the number of its records
    // and the average size of those it has appended. A store without bounds ignores the call.
    virtual void share_between(const std::vector<std::string>& destinations) { static_cast<void>(destinations); }

    // Keeps a tenth of each bound for arrivals of known senders (Trust::Network and better), so that a flood of
    // strangers refuses none of theirs. Other arrivals that would use it get KnownOnly. A store without bounds ignores
    // the call.
    virtual void keep_room_for_known(bool keep) { static_cast<void>(keep); }

    // Replaces the limits of the dead letters. What exceeds the new ones is removed in short transactions, which begin
    // within a second. Until then the surplus takes no room from appends. A store without bounds ignores the call.
    virtual void limit_dead_letters(DeadLetterLimits limits) { static_cast<void>(limits); }

    // Whether there is a journal that note_dropped() writes to.
    virtual bool has_journal() const noexcept { return false; }

    // Lets the journal know of events that were dropped before the store. They are written with the next commit, or
    // within a second. Nobody waits for it; those for which there is no room are counted. Never fails.
    virtual void note_dropped(std::vector<DroppedEvent> events) { events.clear(); }

    // A consistent copy of all counts, as of the last commit. A change by another program shows within a second.
    virtual Ledger ledger() const = 0;

    // The part of ledger() that concerns one destination, without a copy of the rest. Cheap: it adds up a
    // few counts.
    virtual Waiting waiting(const std::string& destination) const = 0;

    // Commits the calls that wait; every later call gets Closed, but ledger() and waiting() still answer. Blocks until
    // the commit has ended. Do not call it from a callback. A second call does nothing.
    virtual void close() = 0;
};

}  // namespace pinrelay::spool

template <>
struct boost::system::is_error_code_enum<pinrelay::spool::SpoolErrc> : std::true_type {};
