#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/spool/dead_letters.hpp"
#include "pinrelay/spool/spool.hpp"

// spool.sqlite as people's tools use it: beside a relay that works on it, or without one.
namespace pinrelay::spool {

// SQLite's own locks are all the coordination with a relay. What writes does it in short transactions, each synced
// before the next, and lets the relay in between two of them; a relay notices what was written within a second. A tool
// that is ended in the middle has done a part of its work, and each letter whole or not at all.
// Throws std::runtime_error, with a sentence for the operator, for whatever fails. One thread at a time.
class SpoolFile {
public:
    enum class Access { Read, Write };

    // The file must be there, and of this version's schema: the relay makes and migrates it.
    SpoolFile(const std::filesystem::path& directory, Access access);
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;
    ~SpoolFile();

    Ledger ledger();
    std::vector<DeadLetterCount> dead_letter_counts();

    using Visit = std::function<void(const DeadLetter&)>;

    // Calls `visit` for at most `limit` of them, in the order of their deaths. Reads some hundreds at a time, so that
    // the file is not held while `visit` works; those who die meanwhile are not among them.
    void visit(const Selection& selection, Order order, std::size_t limit, const Visit& visit);

    // The record that goes out in place of the letter's own; nothing where the letter stays.
    using Rewrite = std::function<std::optional<Record>(const DeadLetter&)>;

    // Makes the letters pending again, under their ids: no second replay finds them. Those who die meanwhile, replayed
    // ones among them, stay. Gives how many were moved.
    std::uint64_t replay(const Selection& selection, const Rewrite& rewrite);

    // Deletes them; the ledger goes on counting them. Gives how many there were.
    std::uint64_t purge(const Selection& selection);

private:
    class Parts;
    std::unique_ptr<Parts> parts_;
};

// The process id of the relay that works in the directory; nothing where none does. Throws as above.
std::optional<std::string> holder_of(const std::filesystem::path& directory);

// Databases that were found damaged and moved aside, oldest first.
std::vector<std::filesystem::path> set_aside(const std::filesystem::path& directory);

}  // namespace pinrelay::spool
