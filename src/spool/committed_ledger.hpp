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
    void set_journal(const JournalSize& size);
    void set_bytes(std::uint64_t bytes);  // measured without a commit

    // Pending records and bytes, as the bounds count them; dead letters count with so many bytes at most.
    Usage stored(std::uint64_t dead_letter_bytes) const;
    std::uint64_t dead_letter_bytes() const;

private:
    void take_over(Ledger ledger);

    mutable std::mutex mutex_;
    Ledger ledger_;
    Holdings holdings_;
};

}  // namespace pinrelay::spool
