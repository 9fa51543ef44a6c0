#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/spool/dead_letters.hpp"
#include "pinrelay/spool/duplicates.hpp"
#include "pinrelay/spool/spool.hpp"

// The store in memory, for tests.
namespace pinrelay::spool {

// Keeps the promises of Spool except those about disk and bounds; Closed is its only error. Every callback comes from
// the calling thread before the call returns, so that a test is deterministic. Ledger::bytes counts the bodies.
class MemorySpool : public Spool {
public:
    // At most `limit` dead letters of a destination ("" for all), the newest first. Any thread.
    virtual std::vector<DeadLetter> dead_letters(const std::string& destination, std::size_t limit) const = 0;
};

std::unique_ptr<MemorySpool> make_memory_spool(Clock clock, DuplicateOptions duplicates = {});

}  // namespace pinrelay::spool
