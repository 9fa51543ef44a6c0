#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "spool/sqlite/tables/ledger_table.hpp"
#include "usage.hpp"

namespace pinrelay::spool {

// Estimates what each destination uses of the store. The ledger knows its records. The bytes of the store are divided
// by the number of records and dead letters of each, times the average size of the records it has appended since the
// start.
class Holdings {
public:
    void recount(std::map<std::string, std::uint64_t> dead_letters) { dead_letters_ = std::move(dead_letters); }
    void apply(const LedgerChange& change);

    Usage usage(const Ledger& ledger) const;

private:
    double usual_size(const std::string& destination) const;

    std::map<std::string, std::uint64_t> dead_letters_;
    std::map<std::string, Load> appended_;
};

}  // namespace pinrelay::spool
