#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "pinrelay/spool/spool.hpp"

namespace pinrelay::spool {

// The ledger has a row for each.
using LedgerKey = std::pair<std::string, std::string>;  // destination, event_label

// One LedgerKey for all records that count in the same row. There are few: labels are of a fixed set. Addresses stay.
class LedgerKeys {
public:
    const LedgerKey& of(const Record& record) {
        const bool same = last_ != nullptr && last_->first == record.destination && last_->second == record.event_label;
        if (!same) last_ = &*keys_.emplace(record.destination, record.event_label).first;
        return *last_;
    }

private:
    std::set<LedgerKey> keys_;
    const LedgerKey* last_ = nullptr;
};

// Records that are leased and not settled, with the row in which their delivery counts. Null: the row is not known,
// since another program may have changed the record.
using HeldRecords = std::unordered_map<RecordId, const LedgerKey*>;

}  // namespace pinrelay::spool
