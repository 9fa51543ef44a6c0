#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "group.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::spool {

// The ledger as of the last commit, for whoever asks. Thread-safe.
class LedgerBoard {
public:
    Ledger read() const;

    void replace(Ledger ledger);  // keeps `writable`
    void committed(const Group& group);
    void set_writable(bool writable);

    // Pending records and bytes, as the bounds count them.
    Load stored() const;

private:
    void take_over(Ledger ledger);

    mutable std::mutex mutex_;
    Ledger ledger_;
};

}  // namespace pinrelay::spool
