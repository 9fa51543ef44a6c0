#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ledger_table.hpp"
#include "pinrelay/spool/dead_letters.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// The statements; a test looks at their query plans.
namespace removal_sql {
extern const char* const of_reason;
extern const char* const oldest;
extern const char* const died;
}  // namespace removal_sql

// Removes dead letters beyond their limits, inside of the caller's transaction. Which ones: see DeadLetterLimits.
class LetterRemoval {
public:
    explicit LetterRemoval(Connection& connection);

    // What one transaction may remove, so that it stays short. A letter that is larger than the bytes is removed alone.
    struct Budget {
        std::size_t letters = 0;
        std::uint64_t bytes = 0;
        bool is_used_up() const noexcept { return letters == 0 || bytes == 0; }
    };

    // Until `sizes`, which are kept up to date, are at most `max_bytes` in total, or the budget is used up.
    void remove_surplus(std::uint64_t max_bytes, std::map<std::string, DeadLetterSize>& sizes, Budget& budget,
                        LedgerChange& change);

    // Those that died before that time, the oldest first. Whether some are left.
    bool remove_died_before(Time time, std::map<std::string, DeadLetterSize>& sizes, Budget& budget,
                            LedgerChange& change);

private:
    struct Candidate {
        std::int64_t number = 0;
        std::uint64_t bytes = 0;
    };
    std::vector<Candidate> least_useful(const std::string& destination, std::size_t limit);
    void remove(const Candidate& letter, DeadLetterSize& size, Budget& budget);

    Statement of_reason_;
    Statement oldest_;
    Statement died_;
    Statement delete_;
};

}  // namespace pinrelay::spool
