#include "dead_letter_pages.hpp"

#include <algorithm>
#include <limits>

#include "spool/sqlite/tables/event_columns.hpp"
#include "tool_store.hpp"

namespace pinrelay::spool {
namespace {

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

DeadLetter letter_from(const Rows& row) {
    DeadLetter letter;
    letter.number = row.number(0);
    letter.reason = row.text(2);
    letter.message = row.text(3);
    letter.died = row.time(4);
    letter.bytes = static_cast<std::uint64_t>(row.number(5));
    letter.stored = event_in(row, 6);
    letter.stored.id = row.number(1);
    return letter;
}

// Each parameter stands in every text, so that all are bound alike; only the conditions that an index serves differ.
std::string conditions_of(const Selection& selection) {
    std::string sql =
        " FROM dead_letter WHERE number > ?1 AND number < ?2 "
        "AND died >= ?3 AND died < ?4 AND (?5 = '' OR reason = ?5) AND (?6 = '' OR ?6 IN (event_name, source_name)) ";
    sql += selection.destination ? "AND destination = ?7 " : "AND ?7 = '' ";
    sql += selection.numbers.empty() ? "AND ?8 = '[]' " : "AND number IN (SELECT value FROM json_each(?8)) ";
    return sql;
}

std::string page_sql(const Selection& selection, Order order) {
    return std::string("SELECT number, id, reason, message, died, bytes, ") + event_columns + conditions_of(selection) +
           (order == Order::OldestFirst ? "ORDER BY number" : "ORDER BY number DESC") + " LIMIT ?9";
}

std::string json_list(const std::vector<std::int64_t>& numbers) {
    std::string list;
    for (const auto number : numbers) list += (list.empty() ? "" : ",") + std::to_string(number);
    return "[" + list + "]";
}

}  // namespace

DeadLetterPages::DeadLetterPages(Connection& connection, const Selection& selection, Order order)
    : connection_(connection),
      selection_(selection),
      order_(order),
      reason_(selection.reason.value_or("")),
      event_name_(selection.event_name.value_or("")),
      destination_(selection.destination.value_or("")),
      numbers_(json_list(selection.numbers)),
      page_(connection, page_sql(selection, order)) {}

void DeadLetterPages::begin() {
    if (!begun_) below_ = connection_.number("SELECT max(number) FROM dead_letter") + 1;
    begun_ = true;
}

Rows DeadLetterPages::selected(Statement& statement, std::size_t limit) {
    constexpr Time first{std::chrono::microseconds(std::numeric_limits<std::int64_t>::min())};
    constexpr Time last{std::chrono::microseconds(std::numeric_limits<std::int64_t>::max())};
    return statement.query(above_, below_, selection_.died_since.value_or(first), selection_.died_before.value_or(last),
                           reason_, event_name_, destination_, numbers_,
                           static_cast<std::int64_t>(std::min(limit, static_cast<std::size_t>(no_limit))));
}

std::uint64_t DeadLetterPages::count() {
    begin();
    Statement statement(connection_, "SELECT count(*)" + conditions_of(selection_) + "LIMIT ?9");
    Rows rows = selected(statement, 1);
    return rows.next() ? static_cast<std::uint64_t>(rows.number(0)) : 0;
}

std::vector<DeadLetter> DeadLetterPages::next(std::size_t limit) {
    begin();
    std::vector<DeadLetter> letters;
    Rows rows = selected(page_, limit);
    std::size_t bytes = 0;
    while (bytes < bytes_at_once && rows.next()) {
        letters.push_back(letter_from(rows));
        bytes += letters.back().stored.record.body.size();
    }
    if (letters.empty()) return letters;
    (order_ == Order::OldestFirst ? above_ : below_) = letters.back().number;
    return letters;
}

}  // namespace pinrelay::spool
