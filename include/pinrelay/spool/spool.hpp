#pragma once

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
#include "pinrelay/model/record.hpp"

namespace pinrelay::spool {

using model::Record;
using model::RecordId;
using model::StoredRecord;

// A record that comes in, with what is asked of it then and not stored.
struct Arrival {
    Record record;

    // What the event is about: a digest of the id of its order, else of its visitor; 0 where neither is known. Two
    // records of one destination, event_name and event_id are duplicates of one event where their subjects are equal or
    // one is 0. Else they are two events under one id.
    std::uint64_t subject = 0;
};

enum class SpoolErrc {
    Full = 1,     // a bound is reached: refuse, never drop
    ShareFull,    // what is left is kept for other destinations: see Spool::share_between
    WriteFailed,  // the disk said no; nothing of the group was kept
    Closed,       // closing or closed
};
const boost::system::error_category& spool_category() noexcept;
inline ErrorCode make_error_code(SpoolErrc e) noexcept { return {static_cast<int>(e), spool_category()}; }

// What became of a leased record.
struct Settlement {
    enum class Fate { Delivered, DeadLetter, Retry };

    RecordId id = 0;
    Fate fate = Fate::Delivered;
    std::string reason;   // DeadLetter: the label of a row of dead_letter_reasons.hpp
    std::string message;  // DeadLetter: the destination's own words, redacted
    Time not_before{};    // Retry: not leased again before

    static Settlement delivered(RecordId id);
    static Settlement dead(RecordId id, std::string_view reason, std::string message);
    static Settlement retry(RecordId id, Time not_before);
};

struct LeaseRequest {
    std::string destination;
    std::size_t max_records = 1000;
    std::size_t max_bytes = 1'000'000;  // of bodies; one record larger than that is leased alone
    Time now{};
    Time fresh_since{};       // records with event_time at or after it go first, oldest first; then the others
    bool fresh_only = false;  // or not at all
};

// Counts since the spool was created, kept in the same transactions as the records, so that
// stored + replayed = delivered + dead_lettered + pending holds at any moment and over any crash.
struct Counts {
    std::uint64_t stored = 0;
    std::uint64_t delivered = 0;
    std::uint64_t dead_lettered = 0;
    std::uint64_t replayed = 0;  // dead letters that were made pending again
    std::uint64_t folded = 0;    // appended and not stored: copies of a record that was. Not part of `stored`
    std::uint64_t reused = 0;    // stored, though another event had the same id: see Arrival::subject
    std::uint64_t pending() const noexcept { return stored + replayed - delivered - dead_lettered; }
    friend bool operator==(const Counts&, const Counts&) = default;
};

// How many records of one destination are pending, those that somebody has leased among them.
struct Waiting {
    std::uint64_t pending = 0;
    std::optional<Time> oldest;  // event_time of the oldest of them; absent when none is pending
    friend bool operator==(const Waiting&, const Waiting&) = default;
};

struct Ledger {
    std::map<std::pair<std::string, std::string>, Counts> by_label;  // (destination, event_label)
    std::map<std::string, Time> oldest_pending;                      // destination → event_time; absent when none
    std::map<std::pair<std::string, std::string>, std::uint64_t> dead_by_reason;  // (destination, reason)
    std::uint64_t bytes = 0;  // in use on disk, as the bound of the store counts them
    bool writable = true;     // false from a failed write until one succeeds
    bool full = false;        // true from an append refused for a bound until there is room for it

    Counts total(const std::string& destination) const;
    Counts total() const;
    Waiting waiting(const std::string& destination) const;
};

// Keeps finished events until their fate is known. Every call returns at once and may come from any thread. Each
// callback is called exactly once and must not block or throw: from the spool's own thread, or, where the answer needs
// no disk (Closed, Full, a store in memory), from the calling thread before the call returns.
class Spool {
public:
    virtual ~Spool() = default;

    using Done = std::function<void(Result<void>)>;
    using Leased = std::function<void(Result<std::vector<StoredRecord>>)>;
    using Expired = std::function<void(Result<std::size_t>)>;

    // `done` is called after the commit that holds all the records is on stable storage; on an error none is kept.
    virtual void append(std::vector<Arrival> arrivals, Done done) = 0;

    // Gives records whose time has come and which nobody holds. They are held until settled or until the spool is
    // opened again. An empty answer means: nothing due now. A record that was due once stays due, should the clock go
    // back; when very many wait for the same moment, some become due a lease later. That a record which is not
    // deduplicated was leased is on stable storage before the answer: see StoredRecord::interrupted.
    virtual void lease(LeaseRequest request, Leased leased) = 0;

    // A settlement of a record that is not pending (any more) is passed over. Retry counts as an attempt.
    virtual void settle(std::vector<Settlement> settlements, Done done) = 0;

    // Makes dead letters of records whose event happened before `before`, the oldest first, whether they are ready or
    // wait; those that are held stay. At most `limit` of them: as many as `expired` is told, and fewer mean that none
    // is left. `reason` and `message` as for a Settlement.
    virtual void expire(std::string destination, Time before, std::string reason, std::string message,
                        std::size_t limit, Expired expired) = 0;

    // Called, from the thread of the callbacks and after them, for each commit that appended records, and when another
    // program is seen to have changed the store. One listener.
    virtual void on_append(std::function<void()> listener) = 0;

    // Keeps room for each of these destinations, where there are several: half of a bound is for whoever comes first,
    // the other half is kept in equal parts, and a destination that would take of another's part is told ShareFull.
    // What one holds of the bytes is estimated from the number of its records and the size of those it has appended. A
    // spool without bounds has nothing to divide. Any thread.
    virtual void share_between(const std::vector<std::string>& destinations) { static_cast<void>(destinations); }

    // A consistent snapshot of the last commit, or of another program's that was noticed since. Any thread.
    virtual Ledger ledger() const = 0;

    // What ledger() says of one destination, without a copy of all the rest: for a caller that looks often. Any thread.
    virtual Waiting waiting(const std::string& destination) const = 0;

    // Commits what waits, then answers every later call with Closed. Blocks. Not from a callback.
    virtual void close() = 0;
};

}  // namespace pinrelay::spool

template <>
struct boost::system::is_error_code_enum<pinrelay::spool::SpoolErrc> : std::true_type {};
