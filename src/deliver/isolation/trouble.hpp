#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "deliver/delivery_machine.hpp"

namespace pinrelay::deliver {

// Why a request did not do what it should: no answer, a failing destination, or an answer that leaves records out.
struct Trouble {
    std::string reason;
    std::optional<std::chrono::milliseconds> wish;  // the wait that the destination asks for
    bool maybe_content = false;                     // a record may be the reason
};

// Nothing for an answer that settles all `count` records, for a refusal and for a pause. Pure.
std::optional<Trouble> trouble_of(const Outcome& outcome, std::size_t count);

}  // namespace pinrelay::deliver
