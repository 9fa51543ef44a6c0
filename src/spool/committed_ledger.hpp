#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "holdings.hpp"
#include "pinrelay/spool/spool.hpp"
#include "spool/sqlite/group.hpp"

namespace pinrelay::spool {

// The ledger as of the last commit. The writer updates it, any thread reads it.
class CommittedLedger {
public:
    Ledger read() const;
    Waiting waiting(const std::string& destination) const;

    void replace(Store::Stock stock);  // keeps `writable`
    void committed(const Group& group);
    void set_writable(bool writable);

    // Pending records and bytes, as the bounds count them.
    Usage stored() const;

private:
    void take_over(Ledger ledger);

    mutable std::mutex mutex_;
    Ledger ledger_;
    Holdings holdings_;
};

}  // namespace pinrelay::spool
