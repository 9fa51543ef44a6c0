#include "secret.hpp"

#include <algorithm>
#include <string_view>

namespace pinrelay::spool {

namespace {

// What was made with another secret is not known any more. Copies keep what is none of its digests: subject and value
// are the first eight bytes.
constexpr const char* forget_all =
    "DELETE FROM secret; DELETE FROM seen_anonymous; DELETE FROM seen_browser; DELETE FROM seen_trusted;"
    "DELETE FROM journal; DELETE FROM journal_outcome; DELETE FROM journal_segment; DELETE FROM journal_keys;"
    "DELETE FROM journal_kind;"
    "UPDATE copy SET known = CAST(zeroblob(8) || substr(known, 9) AS BLOB);"
    "UPDATE rival SET print = 0";

}  // namespace

void make_secret_if_absent(Connection& connection) {
    const KeyedHash::Secret none{};
    if (secret_in(connection) != none) return;
    connection.run(forget_all);
    const KeyedHash::Secret secret = KeyedHash::new_secret();
    Statement insert(connection, "INSERT INTO secret (bytes) VALUES (?)");
    insert.run(Bytes{{reinterpret_cast<const char*>(secret.data()), secret.size()}});
}

KeyedHash::Secret secret_in(Connection& connection) {
    KeyedHash::Secret secret{};
    Statement statement(connection, "SELECT bytes FROM secret");
    Rows rows = statement.query();
    if (rows.next() && rows.bytes(0).size() == secret.size()) std::ranges::copy(rows.bytes(0), secret.begin());
    return secret;
}

}  // namespace pinrelay::spool
