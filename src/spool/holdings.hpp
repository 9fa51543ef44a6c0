#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "spool/sqlite/tables/ledger_table.hpp"
#include "usage.hpp"

namespace pinrelay::spool {

// What each destination holds of the store. Its records are known from the ledger; the store's bytes are divided by how
// many records and dead letters each has, and how large those were on the average that it has appended since the start.
class Holdings {
public:
    void recount(std::map<std::string, std::uint64_t> letters) { letters_ = std::move(letters); }
    void apply(const LedgerChange& change);

    Usage usage(const Ledger& ledger) const;

private:
    double usual_size(const std::string& destination) const;

    std::map<std::string, std::uint64_t> letters_;
    std::map<std::string, Load> appended_;
};

}  // namespace pinrelay::spool
