#include "seen_table.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "known_bytes.hpp"
#include "secret.hpp"

namespace pinrelay::spool {
namespace {

using Change = KeyPool::Change;

// Rows that one commit deletes at most from each table: a fraction of a millisecond. Each adds one at most.
constexpr std::int64_t rows_at_a_time = 1000;

// A change is its kind, the key, and, unless that is forgotten, what is known of the event.
constexpr std::size_t key_bytes = sizeof(EventKey);
constexpr std::size_t forgotten_bytes = 1 + key_bytes;
constexpr std::size_t whole_bytes = forgotten_bytes + known_bytes;

void write_changes(const DuplicateGuard::Changes& changes, std::string& bytes) {
    bytes.clear();
    for (const Change& change : changes) {
        std::array<char, whole_bytes> written{};
        written[0] = static_cast<char>(change.kind);
        char* at = written.data() + 1;
        for (const std::uint32_t word : change.key.words) put_word(std::exchange(at, at + word_bytes), word);
        for (const std::uint32_t word : change.known.words) put_word(std::exchange(at, at + word_bytes), word);
        bytes.append(written.data(), change.kind == KeyChange::Forgotten ? forgotten_bytes : whole_bytes);
    }
}

// What is no change ends the list: it can only make the guard forget. Whether there was nothing of the kind.
bool read_changes(std::string_view bytes, DuplicateGuard::Changes& changes) {
    changes.clear();
    while (!bytes.empty()) {
        Change change;
        change.kind = static_cast<KeyChange>(bytes.front());
        if (change.kind < KeyChange::Remembered || change.kind > KeyChange::Forgotten) return false;
        const std::size_t size = change.kind == KeyChange::Forgotten ? forgotten_bytes : whole_bytes;
        if (bytes.size() < size) return false;
        for (std::size_t i = 0; i < change.key.words.size(); ++i)
            change.key.words[i] = word_at(bytes, 1 + i * word_bytes);
        if (change.kind != KeyChange::Forgotten) change.known = known_in(bytes.substr(forgotten_bytes));
        changes.push_back(change);
        bytes.remove_prefix(size);
    }
    return true;
}

// The rows of one table in their order.
class PoolReader {
public:
    explicit PoolReader(Statement& statement) : rows_(statement.query()) { step(); }

    std::int64_t number() const noexcept { return number_; }
    bool ended() const noexcept { return number_ == at_end; }
    Time time() const { return rows_.time(1); }
    void read(DuplicateGuard::Changes& changes) {
        read_changes(rows_.bytes(2), changes);
        step();
    }

    static constexpr std::int64_t at_end = std::numeric_limits<std::int64_t>::max();

private:
    void step() { number_ = rows_.next() ? rows_.number(0) : at_end; }

    Rows rows_;
    std::int64_t number_ = at_end;
};

std::string with_name(const char* before, const char* table, const char* after) {
    return std::string(before) + table + after;
}

std::int64_t highest_number(Connection& connection) {
    std::int64_t highest = 0;
    for (const char* table : seen_tables)
        highest = std::max(highest, connection.number(with_name("SELECT coalesce(max(number), 0) FROM ", table, "")));
    return highest;
}

}  // namespace

bool is_list_of_changes(std::string_view bytes) {
    DuplicateGuard::Changes changes;
    return read_changes(bytes, changes);
}

SeenTable::PoolTable::PoolTable(Connection& connection, const char* table)
    : name(table),
      insert(connection, with_name("INSERT INTO ", table, " (number, time, changes) VALUES (?, ?, ?)")),
      remove(connection, with_name("DELETE FROM ", table, " WHERE number < ?")),
      first(connection.number(with_name("SELECT coalesce(min(number), 0) FROM ", table, ""))),
      last(connection.number(with_name("SELECT coalesce(max(number), 0) FROM ", table, ""))) {}

void SeenTable::PoolTable::add(std::int64_t number, Time time, const DuplicateGuard::Changes& changes) {
    write_changes(changes, bytes);
    insert.run(number, time, Bytes{bytes});
    last = number;
}

void SeenTable::PoolTable::drop_rows_before(std::int64_t number) {
    if (first >= number) return;
    if (is_empty()) {
        first = number;
        return;
    }
    first = std::min(number, first + rows_at_a_time);
    remove.run(first);
}

SeenTable::SeenTable(Connection& connection)
    : connection_(connection),
      tables_{PoolTable(connection, seen_tables[0]), PoolTable(connection, seen_tables[1]),
              PoolTable(connection, seen_tables[2])} {}

void SeenTable::load(DuplicateGuard& guard) {
    guard.adopt(secret_in(connection_));
    if (highest_number(connection_) == guard.last_number()) return;
    guard.clear();
    std::array<std::optional<Statement>, pools> statements;
    std::array<std::optional<PoolReader>, pools> readers;
    for (std::size_t pool = 0; pool < pools; ++pool) {
        statements[pool].emplace(
            connection_, with_name("SELECT number, time, changes FROM ", seen_tables[pool], " ORDER BY number"));
        readers[pool].emplace(*statements[pool]);
    }
    DuplicateGuard::ChangesByPool changes;
    while (true) {
        std::int64_t number = PoolReader::at_end;
        for (const auto& reader : readers) number = std::min(number, reader->number());
        if (number == PoolReader::at_end) return;
        Time time{};
        for (std::size_t pool = 0; pool < pools; ++pool) {
            changes[pool].clear();
            if (readers[pool]->number() != number) continue;
            time = readers[pool]->time();
            readers[pool]->read(changes[pool]);
        }
        guard.restore(number, time, changes);
    }
}

void SeenTable::write(const DuplicateGuard& guard) {
    if (!guard.has_changed()) return;
    for (std::size_t pool = 0; pool < pools; ++pool) {
        PoolTable& table = tables_[pool];
        if (!guard.changes(pool).empty()) table.add(guard.last_number() + 1, guard.now(), guard.changes(pool));
        table.drop_rows_before(guard.oldest_number(pool));
    }
}

void SeenTable::clear() {
    for (PoolTable& table : tables_) {
        if (table.is_empty()) continue;  // SQLite would write a page of an empty table, too
        connection_.run(with_name("DELETE FROM ", table.name, ""));
        table.first = table.last = 0;
    }
}

}  // namespace pinrelay::spool
