#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/deliver/dispatch_options.hpp"
#include "pinrelay/model/record.hpp"

namespace pinrelay::deliver {

// Tells a record that makes the destination fail from a destination that fails, for one account. Pure; memory only.
//
// A record is suspect from the first failed request that it was in. Suspects never share a request with other records.
// A request of suspects is *singled out* if it fails although another request, sent after their last failure, was
// taken, and at most one other failed since. An outage that meets everybody cannot single out anything.
//
// Nor do records that the destination counts twice share a request with records that it folds: such a request may not
// be repeated as a whole.
//
//   singled out twice      its records are sent in halves from then on, and each further time in halves of these
//   a record left alone    waits retry.cap, twice as long each time, up to an hour: see isolated_* below
//
// Where nothing else is there to be taken, one suspect goes first, as the probe, another one each time. If the probe is
// taken the destination works, and the others are at fault if they fail; if it is not, nothing is lost. While refusals
// seem to meet everybody, several probes go first, one by one: some that nobody tried and some suspects. So many
// records that are refused keep a few good ones back for some rounds at most.
//
// The first failure after a request that was taken is a stray one: its records wait, the account goes on. A second one
// without a request taken in between is the account's.
//
// A destination that fails at random parts records, too. It gives itself away: a record that stood alone is taken after
// all. Then those that stand alone begin anew.
inline constexpr int failures_before_probe = 3;
inline constexpr int times_singled_out_before_parting = 2;

// A record that stands alone becomes a dead letter after so many failures for which it was singled out, or after that
// time if nothing else was there to compare it with: no other request failed since one was taken.
inline constexpr int isolated_failures_before_death = 8;
inline constexpr int isolated_failures_before_death_when_full = 2;  // of most_suspects, so that others find room
inline constexpr std::chrono::hours isolated_longest{24};
inline constexpr std::chrono::hours isolated_longest_wait{1};

// A refusal is the last word, though nothing was taken since the one before, after so long.
inline constexpr std::chrono::hours doubted_refusal_longest{24};

// So many records are remembered. Beyond it those forget first that were never singled out, and no further ones come
// in: they are sent as if they had not failed. A doubted refusal of such a record is waited for all the same, by the
// attempts that the store counts.
inline constexpr std::size_t most_suspects = 10'000;

class Suspects {
public:
    using Batch = std::vector<model::StoredRecord>;
    using Ticket = std::uint64_t;

    explicit Suspects(RetryLimits limits = {}) : limits_(limits) {}
    void set_limits(RetryLimits limits) { limits_ = limits; }

    // A leased batch in the order in which its parts are sent, one request each.
    struct Plan {
        Batch batch;
        std::vector<std::size_t> parts;  // their lengths; the sum is the batch's size
        std::size_t sample = 0;          // see CommonRefusal
    };
    Plan plan(Batch leased) const;

    // A request is sent now.
    Ticket send() { return ++sequence_; }

    // The destination took at least one of the request's records.
    void passed(const Batch& batch, std::size_t first, std::size_t count, Ticket sent);

    struct Failure {
        bool spares_account = false;       // explained by its records, or a stray one: the account goes on
        std::chrono::milliseconds wait{};  // then: for its records
        bool alone = false;                // then, and one record, which waits by itself from now on
        bool hopeless = false;             // alone, and tried often enough: a dead letter
    };
    // A request of these records failed. `maybe_content` is false where no record can be the reason.
    Failure failed(const Batch& batch, std::size_t first, std::size_t count, bool maybe_content, Time now,
                   double random01);

    // The record was refused alone, or one by one with others of which none was taken. Whether this is the last word
    // about it: it was refused before, a request that was sent after that was taken, and since then so
    // few refusals were believed, or met different records in a row, that the destination is not at fault; or
    // doubted_refusal_longest is over.
    bool refused(model::RecordId id, std::string_view words, Time now);

    struct Doubt {
        std::chrono::milliseconds wait{};  // for the records
        bool meets_everybody = false;
    };
    // These records of the batch were refused like that, and none of these refusals is the last word.
    Doubt doubt(const Batch& batch, const std::vector<std::size_t>& refused, Time now, double random01);

    // Whether so many were refused in a row, with the same words, and nothing was taken since.
    bool meets_everybody() const noexcept;

    // These go back with them, since they were refused together. What nobody tried stays unsuspected.
    void gave_back(const Batch& batch, Time now);

    // The record is settled for good.
    void forget(model::RecordId id) { entries_.erase(id); }

    // Forgets records whose last failure was before that: they have become too old, and nobody said so.
    void forget_before(Time time);

    // When the next of the records that wait for themselves is due; nothing where none is after `now`. Cheap as long as
    // nothing fails. It may be the time of one that is settled by now.
    std::optional<Time> next_due(Time now) const;

    std::size_t alone() const;  // records that wait alone
    std::size_t size() const noexcept { return entries_.size(); }

private:
    struct Entry {
        std::uint64_t last_failure = 0;  // a point in the sequence of requests and answers
        int failures = 0;
        int singled_out = 0;
        std::size_t most = 0;  // records in its next request; 0 for any number
        int alone = 0;         // failed requests of this record alone, since it began anew
        int proven = 0;        // those for which it was singled out while it stood alone
        std::optional<Time> isolated;
        std::optional<Time> due;  // where it waits for itself
        Time failed{};            // last
        std::uint64_t last_refusal = 0;
        int refusals = 0;
        std::optional<Time> refused;  // first, with nothing taken beside it
    };

    struct Lot;
    const Entry* find(model::RecordId id) const;
    Entry* find_or_add(model::RecordId id);
    bool is_suspect(const model::StoredRecord& stored) const;
    std::size_t most_of(const model::StoredRecord& stored) const;
    bool wants_probe(const Batch& batch) const;
    std::vector<model::RecordId> ranked(const Batch& batch) const;
    std::vector<model::RecordId> probe_of(const Batch& batch) const;
    std::vector<model::RecordId> probes_of(const Batch& batch) const;
    bool singles_out(const Batch& batch, std::size_t first, std::size_t count) const;
    void narrow(Entry& entry, std::size_t count, Time now) const;
    bool is_hopeless(const Entry& entry, Time now) const;
    std::chrono::milliseconds wait_alone(const Entry& entry, double random01) const;
    void make_room();
    void set_due(Entry& entry, Time due);

    struct InRow {
        model::RecordId id = 0;
        std::uint64_t moment = 0;
    };

    RetryLimits limits_;
    std::unordered_map<model::RecordId, Entry> entries_;
    std::uint64_t sequence_ = 0;
    std::uint64_t evidence_ = 0;  // when the last request was sent that was taken; 0 after an unexplained failure
    std::uint64_t last_unexplained_ = 0;
    std::uint64_t stray_ = 0;           // the failure that was forgiven since a request was taken; 0 for none
    std::uint64_t change_of_mind_ = 0;  // when a record that stood alone was taken after all
    bool others_failed_ = false;        // the last request that failed unexplained held no suspect
    std::uint64_t last_taken_ = 0;      // when the last request was sent that was taken
    std::deque<InRow> row_;             // the last refusals of different records since then
    std::string kind_in_row_;           // their words
    std::size_t believed_ = 0;          // refusals since a request was taken
    std::uint64_t last_believed_ = 0;
    std::uint64_t searched_for_room_ = 0;
    mutable std::optional<Time> next_due_;
    mutable bool next_due_is_known_ = false;
};

}  // namespace pinrelay::deliver
