#include "recent_records.hpp"

#include <utility>

namespace pinrelay::spool {
namespace {

std::size_t size_of(const StoredRecord& stored) { return sizeof stored + bytes_of(stored.record); }

}  // namespace

void RecentRecords::add(StoredRecord stored) {
    bytes_ += size_of(stored);
    const RecordId id = stored.id;
    records_.emplace_hint(records_.end(), id, std::move(stored));
    while (bytes_ > max_bytes_) remove(records_.begin());
}

void RecentRecords::remove(RecordId id) {
    if (const auto record = records_.find(id); record != records_.end()) remove(record);
}

void RecentRecords::remove(Records::iterator record) {
    bytes_ -= size_of(record->second);
    records_.erase(record);
}

void RecentRecords::clear() noexcept {
    records_.clear();
    bytes_ = 0;
}

const StoredRecord* RecentRecords::find(RecordId id) const {
    const auto record = records_.find(id);
    return record == records_.end() ? nullptr : &record->second;
}

StoredRecord RecentRecords::take(RecordId id) {
    const auto record = records_.find(id);
    bytes_ -= size_of(record->second);
    StoredRecord taken = std::move(record->second);
    records_.erase(record);
    return taken;
}

}  // namespace pinrelay::spool
