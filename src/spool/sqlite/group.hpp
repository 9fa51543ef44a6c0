#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spool/commands.hpp"
#include "spool/sqlite/guard/guarded_arrivals.hpp"
#include "spool/sqlite/tables/ledger_table.hpp"
#include "store.hpp"
#include "writer_memory.hpp"

namespace pinrelay::spool {

// What a transaction does about the dead letters beside its commands.
struct LetterTask {
    std::uint64_t max_bytes = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t known_bytes = 0;    // at the last commit
    std::optional<Time> died_before;  // these are removed; nothing: it is not the time to look
};

// What a transaction writes to the journal beside what its commands do.
struct JournalTask {
    std::vector<DroppedAt> dropped;
    Time confirmed{};  // by which old entries are removed
};

// One transaction: applies commands in their order, sums up what they do to the ledger, and puts `memory` back as it
// was when it fails.
class Group {
public:
    Group(Store& store, Memory& memory, LetterTask letters = {}, JournalTask journal = {})
        : store_(store),
          memory_(memory),
          letters_(letters),
          journal_(std::move(journal)),
          arrivals_(store, memory, change_) {}
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;
    ~Group();

    // Throws SqliteError; then the store is to be abandoned.
    void commit(std::vector<Command>& commands);

    // After the commit.
    const LedgerChange& change() const noexcept { return change_; }
    const std::map<std::string, Waiting>& waiting() const noexcept { return waiting_; }  // where it has changed
    const std::optional<Ledger>& reread() const noexcept { return reread_; }  // all of it, where another wrote
    std::optional<std::uint64_t> bytes() const noexcept { return bytes_; }    // of the store, likewise
    const std::optional<std::map<std::string, DeadLetterSize>>& dead_letters() const noexcept { return dead_letters_; }
    bool old_letters_left() const noexcept { return old_letters_left_; }  // that are to be removed, too
    std::uint64_t left_out() const noexcept { return left_out_; }         // dropped events, of the journal
    bool wrote() const noexcept { return wrote_; }                        // something that had to be synced
    bool appended() const noexcept { return appended_; }                  // a record, or some are left to be leased

private:
    void begin_guarding(const std::vector<Command>& commands);
    void apply(AppendCommand& append);
    void apply(CheckCommand& check);
    void apply(LeaseCommand& lease);
    void apply(SettleCommand& settle);
    void apply(ExpireCommand& expire);
    void lease_due(LeaseCommand& lease);
    bool collect_delivered(const Settlement& settlement, Time now);
    void remove_delivered();
    void settle(const Settlement& settlement, Time now, Time too_old_before = {});
    void bury(const Settlement& settlement, Time now, Time too_old_before);
    void displace(RecordId id, Time now);
    void limit_dead_letters(bool another_wrote);
    void count_waiting();
    Waiting waiting_after(const std::string& destination, const Counts& change);
    void hold(const StoredRecord& stored);
    void release(RecordId id);

    Store& store_;
    Memory& memory_;
    const LetterTask letters_;
    const JournalTask journal_;
    LedgerChange change_;
    GuardedArrivals arrivals_;
    std::map<std::string, Waiting> waiting_;
    std::optional<Ledger> reread_;
    std::optional<std::map<std::string, DeadLetterSize>> dead_letters_;  // where they may have changed
    bool old_letters_left_ = false;
    std::uint64_t left_out_ = 0;
    struct HoldChange {
        RecordId id;
        const LedgerKey* key;
        bool held;
    };
    std::vector<HoldChange> hold_changes_;  // of memory_.held, in order, to be undone backwards
    struct Delivered {
        RecordId id;
        const LedgerKey* key;
    };
    std::vector<Delivered> delivered_;  // and not removed yet
    std::optional<std::uint64_t> bytes_;
    bool committed_ = false;
    bool wrote_ = false;
    bool appended_ = false;
};

}  // namespace pinrelay::spool
