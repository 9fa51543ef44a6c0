#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "spool/journal/journal_bytes.hpp"
#include "spool/journal/journal_kind.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// `journal_kind`: the kinds of entries and outcomes, with the segment in which each was used last. Inside of the
// caller's transaction; after a failure the object is only good for its destruction.
class KindTable {
public:
    explicit KindTable(Connection& connection);

    void load();

    // Bounded: beyond a number of names as senders write them a name is left out, and beyond all numbers it is 0.
    KindNumber number_of(const JournalKindView& kind, std::int64_t segment);

    const JournalKind* find(KindNumber number) const;  // null: not known

    // Forgets those that no entry of this segment, or a later one, uses.
    void forget_before(std::int64_t segment);

private:
    struct Less {
        using is_transparent = void;
        bool operator()(const JournalKind& a, const JournalKind& b) const { return a < b; }
        bool operator()(const JournalKind& a, const JournalKindView& b) const { return view_of(a) < b; }
        bool operator()(const JournalKindView& a, const JournalKind& b) const { return a < view_of(b); }
    };
    struct Row {
        KindNumber number = 0;
        std::int64_t segment = 0;
    };
    using Kinds = std::map<JournalKind, Row, Less>;

    KindNumber add(const JournalKindView& kind, std::int64_t segment);
    KindNumber free_number();

    Statement insert_;
    Statement use_;
    Statement remove_;
    Statement read_;
    Kinds kinds_;
    std::map<KindNumber, Kinds::const_iterator> by_number_;
    std::size_t named_ = 0;  // kinds with a source name
    Kinds::iterator last_;   // that was looked for; the end: none
};

}  // namespace pinrelay::spool
