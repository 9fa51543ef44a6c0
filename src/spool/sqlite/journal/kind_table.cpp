#include "kind_table.hpp"

#include <limits>
#include <string>

namespace pinrelay::spool {
namespace {

// Of kinds with the name under which an event came, which anybody can choose.
constexpr std::size_t most_named = 8192;

}  // namespace

KindTable::KindTable(Connection& connection)
    : insert_(connection,
              "INSERT INTO journal_kind (number, segment, what, account, source_name, event_label, reason) "
              "VALUES (?, ?, ?, ?, ?, ?, ?)"),
      use_(connection, "UPDATE journal_kind SET segment = ?2 WHERE number = ?1"),
      remove_(connection, "DELETE FROM journal_kind WHERE number = ?"),
      read_(connection,
            "SELECT number, segment, what, account, source_name, event_label, reason FROM journal_kind "
            "WHERE number BETWEEN 1 AND 65535"),
      last_(kinds_.end()) {}

void KindTable::load() {
    kinds_.clear();
    by_number_.clear();
    named_ = 0;
    for (Rows rows = read_.query(); rows.next();) {
        const auto number = static_cast<KindNumber>(rows.number(0));
        JournalKind kind{static_cast<Happened>(rows.number(2)), rows.text(3), rows.text(4), rows.text(5), rows.text(6)};
        named_ += kind.source_name.empty() ? 0 : 1;
        const auto added = kinds_.emplace(std::move(kind), Row{number, rows.number(1)}).first;
        by_number_.emplace(number, added);
    }
    last_ = kinds_.end();
}

KindNumber KindTable::number_of(const JournalKindView& kind, std::int64_t segment) {
    const bool same = last_ != kinds_.end() && view_of(last_->first) == kind;
    const auto found = same ? last_ : kinds_.find(kind);
    if (found == kinds_.end()) return add(kind, segment);
    last_ = found;
    if (found->second.segment != segment) {
        use_.run(std::int64_t{found->second.number}, segment);
        found->second.segment = segment;
    }
    return found->second.number;
}

KindNumber KindTable::add(const JournalKindView& kind, std::int64_t segment) {
    if (!kind.source_name.empty() && named_ >= most_named) {
        JournalKindView nameless = kind;
        nameless.source_name = {};
        return number_of(nameless, segment);
    }
    const KindNumber number = free_number();
    if (number == 0) return 0;
    insert_.run(std::int64_t{number}, segment, static_cast<int>(kind.what), kind.account, kind.source_name,
                kind.event_label, kind.reason);
    JournalKind kept{kind.what, std::string(kind.account), std::string(kind.source_name), std::string(kind.event_label),
                     std::string(kind.reason)};
    named_ += kept.source_name.empty() ? 0 : 1;
    last_ = kinds_.emplace(std::move(kept), Row{number, segment}).first;
    by_number_.emplace(number, last_);
    return number;
}

KindNumber KindTable::free_number() {
    KindNumber number = 1;
    if (!by_number_.empty() && by_number_.rbegin()->first < std::numeric_limits<KindNumber>::max())
        return static_cast<KindNumber>(by_number_.rbegin()->first + 1);
    for (const auto& [taken, kind] : by_number_) {
        if (taken != number) return number;
        ++number;  // 0 behind the highest
    }
    return number;
}

const JournalKind* KindTable::find(KindNumber number) const {
    const auto found = by_number_.find(number);
    return found == by_number_.end() ? nullptr : &found->second->first;
}

void KindTable::forget_before(std::int64_t segment) {
    for (auto kind = kinds_.begin(); kind != kinds_.end();) {
        if (kind->second.segment >= segment) {
            ++kind;
            continue;
        }
        remove_.run(std::int64_t{kind->second.number});
        named_ -= kind->first.source_name.empty() ? 0 : 1;
        by_number_.erase(kind->second.number);
        kind = kinds_.erase(kind);
    }
    last_ = kinds_.end();
}

}  // namespace pinrelay::spool
