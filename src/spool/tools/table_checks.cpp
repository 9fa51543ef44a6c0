#include "table_checks.hpp"

#include <array>

#include "spool/journal/journal_bytes.hpp"
#include "spool/sqlite/guard/seen_table.hpp"
#include "spool/sqlite/journal/outcome_number.hpp"
#include "spool/sqlite/tables/schema.hpp"

namespace pinrelay::spool {
namespace {

// Gives what does not agree, each as two texts that name it and two numbers.
struct Comparison {
    const char* sql;
    std::array<const char*, 3> sentence;  // before, between and behind the numbers
};
constexpr std::array comparisons = {
    Comparison{"SELECT destination, event_label, sum(counted), sum(found) FROM ("
               "SELECT destination, event_label, stored + replayed - delivered - dead_lettered AS counted, "
               "0 AS found FROM ledger UNION ALL "
               "SELECT destination, event_label, 0, count(*) FROM record GROUP BY destination, event_label) "
               "GROUP BY destination, event_label HAVING sum(counted) <> sum(found)",
               {"the ledger counts ", " pending events, and there are ", ""}},
    Comparison{"SELECT destination, reason, sum(counted), sum(found) FROM ("
               "SELECT destination, reason, records AS counted, 0 AS found FROM dead_reason UNION ALL "
               "SELECT destination, reason, 0, count(*) FROM dead_letter GROUP BY destination, reason) "
               "GROUP BY destination, reason HAVING sum(counted) < sum(found)",
               {"the ledger has counted ", " dead letters, and there are ", ""}},
    Comparison{"SELECT destination, '', sum(counted), sum(found) FROM ("
               "SELECT destination, letters AS counted, 0 AS found FROM dead_letter_size UNION ALL "
               "SELECT destination, 0, count(*) FROM dead_letter GROUP BY destination) "
               "GROUP BY destination HAVING sum(counted) <> sum(found)",
               {"the sums count ", " dead letters, and there are ", ""}},
    Comparison{"SELECT destination, '', sum(counted), sum(found) FROM ("
               "SELECT destination, bytes AS counted, 0 AS found FROM dead_letter_size UNION ALL "
               "SELECT destination, 0, sum(bytes) FROM dead_letter GROUP BY destination) "
               "GROUP BY destination HAVING sum(counted) <> sum(found)",
               {"the sums count ", " bytes of dead letters, and there are ", ""}},
    Comparison{"SELECT destination, '', sum(unfolded), sum(folded) FROM ledger GROUP BY destination "
               "HAVING sum(unfolded) > sum(folded)",
               {"the ledger counts ", " duplicates that were sent after all, of ", " duplicates"}},
    Comparison{"SELECT destination, '', sum(conflicts), sum(stored + folded) FROM ledger GROUP BY destination "
               "HAVING sum(conflicts) > sum(stored + folded)",
               {"the ledger counts ", " conflicts, of ", " events"}},
};

void compare(Connection& connection, const Comparison& comparison, Problems& problems) {
    Statement statement(connection, comparison.sql);
    const auto& [before, between, behind] = comparison.sentence;
    for (Rows rows = statement.query(); rows.next();) {
        const std::string second = rows.text(1);
        problems.push_back(rows.text(0) + (second.empty() ? "" : ", " + second) + ": " + before +
                           std::to_string(rows.number(2)) + between + std::to_string(rows.number(3)) + behind);
    }
}

// Counts rows that are not as they should be, and gives the first of them.
struct Faults {
    const char* sql;
    const char* what;
};
static_assert(entry_bytes == 28 && journal_key_bytes == 8 && bucket_bits == 10, "the statements have these numbers");
constexpr std::array faults = {
    Faults{"SELECT count(*), min(record) FROM copy WHERE record NOT IN (SELECT id FROM record)",
           "duplicates are kept for events that are not pending, beginning with the record "},
    Faults{"SELECT count(*), min(record) FROM copy WHERE typeof(known) <> 'blob' OR length(known) <> 36",
           "duplicates are kept without whole digests, beginning with that of the record "},
    Faults{"SELECT count(*), min(record) FROM rival WHERE record NOT IN (SELECT id FROM record)",
           "rivals are not pending, beginning with the record "},
    Faults{
        "SELECT count(*), min(record) FROM rival WHERE trust NOT BETWEEN 0 AND 4 OR print NOT BETWEEN 0 AND 4294967295",
        "rivals have no class of trust or no print, beginning with the record "},
    Faults{"SELECT count(*), min(stored) FROM ledger WHERE min(stored, delivered, dead_lettered, replayed, folded, "
           "reused, unfolded, conflicts) < 0",
           "rows of the ledger have a count below zero, the first with stored = "},
    Faults{"SELECT count(*), min(number) FROM journal WHERE typeof(entries) <> 'blob' OR length(entries) = 0 OR "
           "length(entries) % 28 <> 0",
           "rows of the journal are no list of entries, beginning with "},
    Faults{"SELECT count(*), min(number) FROM journal_keys WHERE typeof(keys) <> 'blob' OR length(keys) % 8 <> 0 OR "
           "number >> 10 NOT IN (SELECT number FROM journal_segment)",
           "rows of the journal's keys are no list of keys, or of no segment, beginning with "},
    Faults{"SELECT count(*), min(number) FROM (SELECT number, first, last, lag(last, 1, first - 1) OVER "
           "(ORDER BY number) AS before FROM journal_segment) WHERE first <> before + 1 OR last < first",
           "segments of the journal do not follow each other, beginning with "},
    Faults{"SELECT count(*), min(number) FROM journal_kind WHERE number NOT BETWEEN 1 AND 65535 OR "
           "what NOT BETWEEN 1 AND 6",
           "kinds of the journal's entries are not known, beginning with "},
};

void count(Connection& connection, const Faults& fault, Problems& problems) {
    Statement statement(connection, fault.sql);
    for (Rows rows = statement.query(); rows.next();)
        if (rows.number(0) > 0)
            problems.push_back(std::to_string(rows.number(0)) + " " + fault.what + std::to_string(rows.number(1)));
}

void check_secret(Connection& connection, Problems& problems) {
    if (connection.number("SELECT count(*) = 1 AND max(length(bytes)) = 32 FROM secret") == 0)
        problems.emplace_back(
            "the key of what is remembered is missing; the next start forgets all and makes a new one");
}

void check_seen(Connection& connection, const char* table, Problems& problems) {
    Statement rows_of(connection, std::string("SELECT number, changes FROM ") + table);
    std::uint64_t wrong = 0;
    std::int64_t first = 0;
    for (Rows rows = rows_of.query(); rows.next();) {
        if (rows.number(0) > 0 && is_list_of_changes(rows.bytes(1))) continue;
        if (wrong++ == 0) first = rows.number(0);
    }
    if (wrong > 0)
        problems.push_back(std::to_string(wrong) + " rows of " + table + " are no list of changes, beginning with " +
                           std::to_string(first));
}

void check_outcomes(Connection& connection, Problems& problems) {
    Statement rows_of(connection, "SELECT number, outcomes FROM journal_outcome");
    std::uint64_t wrong = 0;
    std::int64_t first = 0;
    std::vector<JournalOutcome> outcomes;
    for (Rows rows = rows_of.query(); rows.next();) {
        outcomes.clear();
        if (read_outcomes(block_of_row(rows.number(0)), rows.bytes(1), outcomes)) continue;
        if (wrong++ == 0) first = rows.number(0);
    }
    if (wrong > 0)
        problems.push_back(std::to_string(wrong) + " rows of journal_outcome are no list of outcomes, beginning with " +
                           std::to_string(first));
}

}  // namespace

void check_tables(Connection& connection, Problems& problems) {
    for (const std::string& part : missing_parts(connection)) problems.push_back("the " + part + " is missing");
    for (const Comparison& comparison : comparisons) compare(connection, comparison, problems);
    for (const Faults& fault : faults) count(connection, fault, problems);
    check_secret(connection, problems);
    for (const char* table : seen_tables) check_seen(connection, table, problems);
    check_outcomes(connection, problems);
}

}  // namespace pinrelay::spool
