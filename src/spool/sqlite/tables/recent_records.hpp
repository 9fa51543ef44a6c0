#pragma once

#include <cstddef>
#include <map>

#include "pinrelay/spool/spool.hpp"

namespace pinrelay::spool {

// Records that were appended lately and not leased yet, as the file has them: a lease need not read them back. Bounded;
// the oldest go first, and are then in the file alone. Whoever changes or removes a record in the file removes it here.
class RecentRecords {
public:
    explicit RecentRecords(std::size_t max_bytes) : max_bytes_(max_bytes) {}

    void add(StoredRecord stored);  // ids ascend
    void remove(RecordId id);
    void clear() noexcept;

    const StoredRecord* find(RecordId id) const;  // null where it is in the file alone
    StoredRecord take(RecordId id);               // one that was found

private:
    using Records = std::map<RecordId, StoredRecord>;
    void remove(Records::iterator record);

    const std::size_t max_bytes_;
    std::size_t bytes_ = 0;
    Records records_;
};

}  // namespace pinrelay::spool
