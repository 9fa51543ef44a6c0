#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "pinrelay/spool/spool.hpp"

// The spool's calls as values, on their way to the thread that writes.
namespace pinrelay::spool {

struct AppendCommand {
    std::vector<Arrival> arrivals;
    Time accepted{};
    Spool::Done done;
};

struct LeaseCommand {
    LeaseRequest request;
    Spool::Leased leased;
    std::vector<StoredRecord> taken;  // the answer, once the group is applied
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
    std::size_t count = 0;  // the answer, once the group is applied
};

using Command = std::variant<AppendCommand, LeaseCommand, SettleCommand, ExpireCommand>;

// About what a record takes of the store, for the bounds.
std::uint64_t bytes_of(const Record& record) noexcept;

// Call the command's callback; one that throws against its contract does no harm.
void answer(Command& command) noexcept;
void refuse(Command& command, SpoolErrc error) noexcept;

}  // namespace pinrelay::spool
