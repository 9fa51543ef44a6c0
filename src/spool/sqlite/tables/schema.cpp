#include "schema.hpp"

#include <array>
#include <map>
#include <sstream>

#include "spool/sqlite/guard/secret.hpp"

namespace pinrelay::spool {
namespace {

// "Pinr" in ASCII: tells our file from any other SQLite database.
constexpr std::int64_t application_id = 0x50696e72;

// A record that waits for `not_before` has it above zero; a ready one has zero. So the ready ones of a destination lie
// together in record_due, in the order in which they are leased, and those that wait never have to be passed over.
// record_waiting gives the oldest of those that wait; it holds nothing else, so that it costs the others nothing.
constexpr const char* version_1 = R"sql(
CREATE TABLE record (
    id           INTEGER PRIMARY KEY,
    destination  TEXT    NOT NULL,
    event_name   TEXT    NOT NULL,
    event_label  TEXT    NOT NULL,
    event_id     TEXT    NOT NULL,
    event_time   INTEGER NOT NULL,
    deduplicated INTEGER NOT NULL,
    accepted     INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    not_before   INTEGER NOT NULL,
    body         TEXT    NOT NULL
);
CREATE INDEX record_due ON record (destination, not_before, event_time);
CREATE INDEX record_waiting ON record (destination, event_time) WHERE not_before > 0;

CREATE TABLE dead_letter (
    number       INTEGER PRIMARY KEY,
    id           INTEGER NOT NULL,
    destination  TEXT    NOT NULL,
    event_name   TEXT    NOT NULL,
    event_label  TEXT    NOT NULL,
    event_id     TEXT    NOT NULL,
    event_time   INTEGER NOT NULL,
    deduplicated INTEGER NOT NULL,
    accepted     INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    reason       TEXT    NOT NULL,
    message      TEXT    NOT NULL,
    died         INTEGER NOT NULL,
    body         TEXT    NOT NULL
);
CREATE INDEX dead_letter_destination ON dead_letter (destination);

CREATE TABLE ledger (
    destination   TEXT    NOT NULL,
    event_label   TEXT    NOT NULL,
    stored        INTEGER NOT NULL,
    delivered     INTEGER NOT NULL,
    dead_lettered INTEGER NOT NULL,
    PRIMARY KEY (destination, event_label)
) WITHOUT ROWID;

CREATE TABLE dead_reason (
    destination TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    records     INTEGER NOT NULL,
    PRIMARY KEY (destination, reason)
) WITHOUT ROWID;
)sql";

// Columns are added at the end, which rewrites no row: a million of them migrate in no time.
constexpr const char* version_2 = R"sql(
ALTER TABLE record ADD COLUMN source_name TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN sending INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dead_letter ADD COLUMN source_name TEXT NOT NULL DEFAULT '';
ALTER TABLE ledger ADD COLUMN replayed INTEGER NOT NULL DEFAULT 0;

CREATE TABLE salvaged (
    file     TEXT    NOT NULL PRIMARY KEY,
    rows     INTEGER NOT NULL,
    finished INTEGER NOT NULL
) WITHOUT ROWID;
)sql";

// Rows of `seen` are put to its end and taken from its beginning.
constexpr const char* version_3 = R"sql(
ALTER TABLE ledger ADD COLUMN folded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN reused INTEGER NOT NULL DEFAULT 0;

CREATE TABLE seen (
    number  INTEGER PRIMARY KEY,
    time    INTEGER NOT NULL,
    changes BLOB    NOT NULL
);
)sql";

// What the guard remembered was found by a hash without a key and cannot be found by one with a key: it is forgotten.
constexpr const char* version_4_guard = R"sql(
ALTER TABLE ledger ADD COLUMN unfolded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0;

DROP TABLE seen;
CREATE TABLE seen_anonymous (
    number  INTEGER PRIMARY KEY,
    time    INTEGER NOT NULL,
    changes BLOB    NOT NULL
);
CREATE TABLE seen_browser (
    number  INTEGER PRIMARY KEY,
    time    INTEGER NOT NULL,
    changes BLOB    NOT NULL
);
CREATE TABLE seen_trusted (
    number  INTEGER PRIMARY KEY,
    time    INTEGER NOT NULL,
    changes BLOB    NOT NULL
);
CREATE TABLE secret (bytes BLOB NOT NULL);

CREATE TABLE copy (
    record       INTEGER PRIMARY KEY,
    known        BLOB    NOT NULL,
    source_name  TEXT    NOT NULL,
    event_label  TEXT    NOT NULL,
    event_time   INTEGER NOT NULL,
    deduplicated INTEGER NOT NULL,
    accepted     INTEGER NOT NULL,
    body         TEXT    NOT NULL
);
CREATE TABLE rival (
    record INTEGER PRIMARY KEY,
    trust  INTEGER NOT NULL,
    print  INTEGER NOT NULL
);
)sql";

// `bytes` is not stored, so that no row is rewritten: the texts, and 300 bytes for the other columns, the entries in
// indexes and the part of a page that stays free. The triggers keep the sums right whichever program changes the table.
constexpr const char* version_4_letters = R"sql(
ALTER TABLE dead_letter ADD COLUMN bytes INTEGER AS (
    300 + length(CAST(body AS BLOB)) + length(CAST(message AS BLOB)) + length(CAST(event_id AS BLOB)) +
    length(CAST(source_name AS BLOB)) + 3 * length(CAST(destination AS BLOB))) VIRTUAL;
CREATE INDEX dead_letter_reason ON dead_letter (destination, reason);
CREATE INDEX dead_letter_died ON dead_letter (died);

CREATE TABLE dead_letter_size (
    destination TEXT    NOT NULL PRIMARY KEY,
    letters     INTEGER NOT NULL,
    bytes       INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO dead_letter_size SELECT destination, count(*), sum(bytes) FROM dead_letter GROUP BY destination;
CREATE TRIGGER dead_letter_added AFTER INSERT ON dead_letter BEGIN
    INSERT INTO dead_letter_size VALUES (new.destination, 1, new.bytes)
    ON CONFLICT DO UPDATE SET letters = letters + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER dead_letter_taken AFTER DELETE ON dead_letter BEGIN
    UPDATE dead_letter_size SET letters = letters - 1, bytes = bytes - old.bytes WHERE destination = old.destination;
END;
CREATE TRIGGER dead_letter_changed AFTER UPDATE ON dead_letter BEGIN
    UPDATE dead_letter_size SET letters = letters - 1, bytes = bytes - old.bytes WHERE destination = old.destination;
    INSERT INTO dead_letter_size VALUES (new.destination, 1, new.bytes)
    ON CONFLICT DO UPDATE SET letters = letters + 1, bytes = bytes + excluded.bytes;
END;

CREATE TABLE removed_letters (
    destination TEXT    NOT NULL,
    cause       TEXT    NOT NULL,
    letters     INTEGER NOT NULL,
    PRIMARY KEY (destination, cause)
) WITHOUT ROWID;
)sql";

// The journal: a row for each commit, numbered by its first entry; what became of records, numbered by their block; the
// keys of segments, numbered by segment and bucket.
constexpr const char* version_5 = R"sql(
CREATE TABLE journal (
    number  INTEGER PRIMARY KEY,
    entries BLOB    NOT NULL
);
CREATE TABLE journal_outcome (
    number   INTEGER PRIMARY KEY,
    outcomes BLOB    NOT NULL
);
CREATE TABLE journal_segment (
    number  INTEGER PRIMARY KEY,
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    dropped INTEGER NOT NULL,
    record  INTEGER NOT NULL
);
CREATE TABLE journal_keys (
    number INTEGER PRIMARY KEY,
    keys   BLOB    NOT NULL
);
CREATE TABLE journal_kind (
    number      INTEGER PRIMARY KEY,
    segment     INTEGER NOT NULL,
    what        INTEGER NOT NULL,
    account     TEXT    NOT NULL,
    source_name TEXT    NOT NULL,
    event_label TEXT    NOT NULL,
    reason      TEXT    NOT NULL
);
)sql";

// In this order. A version may have several parts.
struct Migration {
    int version;
    const char* script;
};
constexpr std::array migrations = {Migration{1, version_1},         Migration{2, version_2},
                                   Migration{3, version_3},         Migration{4, version_4_guard},
                                   Migration{4, version_4_letters}, Migration{5, version_5}};
static_assert(migrations.back().version == schema_version);

// What the scripts create and do not drop, by name.
std::map<std::string, std::string> parts_of_schema() {
    std::map<std::string, std::string> parts;
    for (const Migration& migration : migrations) {
        std::istringstream words(migration.script);
        for (std::string verb, kind, name; words >> verb;) {
            if (verb == "CREATE" && words >> kind >> name) parts[name] = kind;
            if (verb == "DROP" && words >> kind >> name) parts.erase(name.substr(0, name.find(';')));
        }
    }
    return parts;
}

std::string in_lower_case(std::string text) {
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

void check_owner(Connection& connection, std::int64_t version) {
    const bool empty = connection.number("SELECT count(*) FROM sqlite_master") == 0;
    if (!empty && connection.number("PRAGMA application_id") != application_id)
        throw ForeignFile("it is a database of another program");
    if (version > schema_version)
        throw ForeignFile("its schema has version " + std::to_string(version) +
                          ", and this program knows versions up to " + std::to_string(schema_version) +
                          ": a newer version of Pinrelay wrote it");
}

void migrate(Connection& connection) {
    // Looked at before anything is written: a foreign file stays as it is.
    check_owner(connection, connection.number("PRAGMA user_version"));
    if (connection.text("PRAGMA journal_mode = WAL") != "wal")
        throw std::runtime_error("its file system cannot do SQLite's WAL mode");
    connection.run("BEGIN IMMEDIATE");
    const auto version = connection.number("PRAGMA user_version");
    for (const Migration& migration : migrations)
        if (migration.version > version) connection.run(migration.script);
    make_secret_if_absent(connection);
    if (version != schema_version) {
        connection.run("PRAGMA application_id = " + std::to_string(application_id));
        connection.run("PRAGMA user_version = " + std::to_string(schema_version));
    }
    connection.run("COMMIT");
}

void tune(Connection& connection) {
    // FULL: a commit returns after the WAL was synced; NORMAL would lose the last commits with the power.
    connection.run("PRAGMA synchronous = FULL");
    // 32 MiB hold the upper pages of all indexes and the tail that is written, at millions of records.
    connection.run("PRAGMA cache_size = -32768");
    // Freed pages are not overwritten with zeros, which Debian's SQLite does by default: it would write each page of a
    // delivered record once more. Nothing in here is clear text.
    connection.run("PRAGMA secure_delete = FAST");
    // No temporary files: the root file system of a container is read-only.
    connection.run("PRAGMA temp_store = MEMORY");
    // Read errors come back as error codes; through a mapping they would end the process.
    connection.run("PRAGMA mmap_size = 0");
}

}  // namespace

std::vector<std::string> missing_parts(Connection& connection) {
    auto parts = parts_of_schema();
    Statement list(connection, "SELECT name FROM sqlite_master");
    for (Rows rows = list.query(); rows.next();) parts.erase(rows.text(0));
    std::vector<std::string> missing;
    missing.reserve(parts.size());
    for (const auto& [name, kind] : parts) missing.push_back(in_lower_case(kind) + " " + name);
    return missing;
}

void prepare_for_writing(Connection& connection) {
    tune(connection);
    migrate(connection);
}

void prepare_for_tool(Connection& connection) {
    const auto version = connection.number("PRAGMA user_version");
    check_owner(connection, version);
    if (version < schema_version)
        throw ForeignFile("its schema has version " + std::to_string(version) +
                          ": start the relay once, which makes version " + std::to_string(schema_version) + " of it");
    tune(connection);
}

}  // namespace pinrelay::spool
