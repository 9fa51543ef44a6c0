#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "pinrelay/spool/spool.hpp"

// The calls of Spool as values. The thread that writes executes them.
namespace pinrelay::spool {

struct AppendCommand {
    std::vector<Arrival> arrivals;
    Time accepted{};
    Spool::Checked done;
    Duplicates duplicates{};  // the answer, after the group was applied
};

struct CheckCommand {
    std::vector<Arrival> arrivals;
    Time now{};
    Spool::Checked checked;
    Duplicates duplicates{};  // the answer, after the group was applied
};

struct LeaseCommand {
    LeaseRequest request;
    Time leased_at{};
    Spool::Leased leased;
    std::vector<StoredRecord> taken;  // the answer, after the group was applied
};

struct SettleCommand {
    std::vector<Settlement> settlements;
    Time settled{};
    Spool::Done done;
};

struct ExpireCommand {
    std::string destination;
    Time before{};
    std::string reason;
    std::string message;
    std::size_t limit = 0;
    Time expired_at{};
    Spool::Expired expired;
    std::size_t count = 0;  // the answer, after the group was applied
};

using Command = std::variant<AppendCommand, CheckCommand, LeaseCommand, SettleCommand, ExpireCommand>;

// Call the command's callback. An exception from it is ignored.
void answer(Command& command) noexcept;
void refuse(Command& command, SpoolErrc error) noexcept;

}  // namespace pinrelay::spool
