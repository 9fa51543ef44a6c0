#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "spool/sqlite/tables/ledger_table.hpp"
#include "usage.hpp"

namespace pinrelay::spool {

// Estimates what each destination uses of the store. The ledger knows its records. The bytes of the store without those
// of the dead letters are divided by the number of records of each, times the average size of the records it has
// appended since the start. Dead letters are no destination's part, since they have a limit of their own.
class Holdings {
public:
    void apply(const LedgerChange& change);

    // In total, dead letters count with `dead_letter_bytes` at most.
    Usage usage(const Ledger& ledger, std::uint64_t dead_letter_bytes) const;

private:
    double usual_size(const std::string& destination) const;

    std::map<std::string, Load> appended_;
};

}  // namespace pinrelay::spool
