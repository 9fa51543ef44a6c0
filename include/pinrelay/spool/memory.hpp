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

// The same promises as the store on disk but for the disk and the bounds. Every callback is called from the calling
// thread before the call returns, so that tests are deterministic; Ledger::bytes is that of the bodies.
class MemorySpool : public Spool {
public:
    // The newest dead letters of a destination ("" for all), at most `limit`. Any thread.
    virtual std::vector<DeadLetter> dead_letters(const std::string& destination, std::size_t limit) const = 0;
};
std::unique_ptr<MemorySpool> make_memory_spool(Clock clock, DuplicateOptions duplicates = {});

}  // namespace pinrelay::spool
