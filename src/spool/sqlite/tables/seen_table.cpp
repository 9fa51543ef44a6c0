#include "seen_table.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace pinrelay::spool {
namespace {

using Change = DuplicateGuard::Change;

// Rows that one commit deletes at most: a fraction of a millisecond. Each adds one at most.
constexpr std::int64_t rows_at_a_time = 1000;

// A change is its kind and three numbers, the lowest byte first.
constexpr std::size_t number_bytes = 8;
constexpr std::size_t change_bytes = 1 + 3 * number_bytes;

void put_number(std::string& bytes, std::uint64_t number) {
    for (std::size_t i = 0; i < number_bytes; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFFU);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = number_bytes; i-- > 0;) number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

std::string written(const DuplicateGuard::Changes& changes) {
    std::string bytes;
    bytes.reserve(changes.size() * change_bytes);
    for (const Change& change : changes) {
        bytes += static_cast<char>(change.kind);
        put_number(bytes, change.key.high);
        put_number(bytes, change.key.low);
        put_number(bytes, change.subject);
    }
    return bytes;
}

bool is_kind(char byte) {
    return byte >= static_cast<char>(Change::Kind::Remembered) && byte <= static_cast<char>(Change::Kind::Forgotten);
}

// What is no change is left out: it can only make the guard forget.
void read(std::string_view bytes, DuplicateGuard::Changes& changes) {
    changes.clear();
    for (; bytes.size() >= change_bytes; bytes.remove_prefix(change_bytes)) {
        if (!is_kind(bytes.front())) continue;
        changes.push_back({static_cast<Change::Kind>(bytes.front()),
                           {number_at(bytes, 1), number_at(bytes, 1 + number_bytes)},
                           number_at(bytes, 1 + 2 * number_bytes)});
    }
}

}  // namespace

SeenTable::SeenTable(Connection& connection)
    : connection_(connection),
      insert_(connection, "INSERT INTO seen (number, time, changes) VALUES (?, ?, ?)"),
      remove_(connection, "DELETE FROM seen WHERE number < ?"),
      first_(connection.number("SELECT coalesce(min(number), 0) FROM seen")) {}

void SeenTable::load(DuplicateGuard& guard) {
    if (connection_.number("SELECT coalesce(max(number), 0) FROM seen") == guard.last_number()) return;
    guard.clear();
    Statement all(connection_, "SELECT number, time, changes FROM seen ORDER BY number");
    DuplicateGuard::Changes changes;
    for (Rows rows = all.query(); rows.next();) {
        read(rows.bytes(2), changes);
        guard.restore(rows.number(0), rows.time(1), changes);
    }
}

void SeenTable::write(const DuplicateGuard& guard) {
    if (guard.changes().empty()) return;
    const std::string bytes = written(guard.changes());
    insert_.run(guard.last_number() + 1, guard.now(), Bytes{bytes});
    drop_rows_before(guard.oldest_number());
}

void SeenTable::drop_rows_before(std::int64_t number) {
    if (first_ >= number) return;
    first_ = std::min(number, first_ + rows_at_a_time);
    remove_.run(first_);
}

void SeenTable::clear() {
    if (first_ == 0) return;  // SQLite would write a page of an empty table, too
    connection_.run("DELETE FROM seen");
    first_ = 0;
}

}  // namespace pinrelay::spool
