#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pinrelay/spool/dead_letters.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// Reads the selected dead letters page by page, so that no read transaction stays open between two pages.
class DeadLetterPages {
public:
    DeadLetterPages(Connection& connection, const Selection& selection, Order order);

    // The next dead letters: at most `limit`, and about a megabyte of them; none at the end. Dead letters that were
    // made after the first call are not among them.
    std::vector<DeadLetter> next(std::size_t limit);

    // How many `next` will still give. Reads all of the rows, but not their bodies.
    std::uint64_t count();

private:
    void begin();
    Rows selected(Statement& statement, std::size_t limit);

    Connection& connection_;
    const Selection selection_;
    const Order order_;
    const std::string reason_;  // these four are lent to statements; "" selects all
    const std::string event_name_;
    const std::string destination_;
    const std::string numbers_;  // as a JSON list
    Statement page_;
    bool begun_ = false;
    std::int64_t above_ = 0;
    std::int64_t below_ = 0;
};

}  // namespace pinrelay::spool
