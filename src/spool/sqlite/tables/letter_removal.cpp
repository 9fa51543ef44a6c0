#include "letter_removal.hpp"

#include <algorithm>
#include <numeric>

#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::spool {

namespace removal_sql {
const char* const of_reason =
    "SELECT number, bytes FROM dead_letter INDEXED BY dead_letter_reason "
    "WHERE destination = ? AND reason = ? ORDER BY number LIMIT ?";
const char* const oldest =
    "SELECT number, bytes FROM dead_letter INDEXED BY dead_letter_destination "
    "WHERE destination = ? ORDER BY number LIMIT ?";
const char* const died =
    "SELECT number, bytes, destination FROM dead_letter INDEXED BY dead_letter_died "
    "WHERE died < ? ORDER BY died, number LIMIT ?";
}  // namespace removal_sql

namespace {

using Sizes = std::map<std::string, DeadLetterSize>;

// Before the largest destination is looked for again.
constexpr std::size_t letters_at_a_time = 16;

std::uint64_t bytes_of_all(const Sizes& sizes) {
    return std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& each) { return sum + each.second.bytes; });
}

}  // namespace

LetterRemoval::LetterRemoval(Connection& connection)
    : of_reason_(connection, removal_sql::of_reason),
      oldest_(connection, removal_sql::oldest),
      died_(connection, removal_sql::died),
      delete_(connection, "DELETE FROM dead_letter WHERE number = ?") {}

void LetterRemoval::remove_surplus(std::uint64_t max_bytes, Sizes& sizes, Budget& budget, LedgerChange& change) {
    std::uint64_t total = bytes_of_all(sizes);
    while (total > max_bytes && !budget.is_used_up()) {
        const auto largest = std::ranges::max_element(sizes, {}, [](const auto& each) { return each.second.bytes; });
        const auto letters = least_useful(largest->first, std::min(letters_at_a_time, budget.letters));
        if (letters.empty()) return;  // somebody has removed the triggers: the sums are not to be relied on
        for (const Candidate& letter : letters) {
            if (total <= max_bytes || budget.is_used_up()) break;
            total -= std::min(total, letter.bytes);
            remove(letter, largest->second, budget);
            ++change.removed_letters[{largest->first, removals::quota}];
        }
    }
}

bool LetterRemoval::remove_died_before(Time time, Sizes& sizes, Budget& budget, LedgerChange& change) {
    struct Old {
        Candidate letter;
        std::string destination;
    };
    std::vector<Old> found;
    found.reserve(budget.letters);
    for (Rows rows = died_.query(time, static_cast<std::int64_t>(budget.letters)); rows.next();)
        found.push_back({{rows.number(0), static_cast<std::uint64_t>(rows.number(1))}, rows.text(2)});
    const bool found_all = found.size() < budget.letters;
    for (const auto& [letter, destination] : found) {
        if (budget.is_used_up()) return true;
        remove(letter, sizes[destination], budget);
        ++change.removed_letters[{destination, removals::age}];
    }
    return !found_all;
}

std::vector<LetterRemoval::Candidate> LetterRemoval::least_useful(const std::string& destination, std::size_t limit) {
    const auto most = static_cast<std::int64_t>(limit);
    std::vector<Candidate> letters;
    const auto collect = [&letters](Rows rows) {
        while (rows.next()) letters.push_back({rows.number(0), static_cast<std::uint64_t>(rows.number(1))});
    };
    for (const DeadLetterReason& reason : dead_letter_reasons)
        if (reason.least_use) collect(of_reason_.query(destination, reason.label, most));
    if (letters.empty()) collect(oldest_.query(destination, most));
    std::ranges::sort(letters, {}, &Candidate::number);
    if (letters.size() > limit) letters.resize(limit);
    return letters;
}

void LetterRemoval::remove(const Candidate& letter, DeadLetterSize& size, Budget& budget) {
    delete_.run(letter.number);
    size.letters -= std::min<std::uint64_t>(size.letters, 1);
    size.bytes -= std::min(size.bytes, letter.bytes);
    budget.letters -= std::min<std::size_t>(budget.letters, 1);
    budget.bytes -= std::min(budget.bytes, letter.bytes);
}

}  // namespace pinrelay::spool
