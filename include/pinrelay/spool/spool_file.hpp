#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/spool/dead_letters.hpp"
#include "pinrelay/spool/spool.hpp"

// The store as the command-line tools use it, beside a running relay or without one.
namespace pinrelay::spool {

// Reads and changes spool.sqlite. SQLite's locks are the only coordination with a relay. A change is a series of short
// transactions, each synced before the next, so that the relay can write between two of them. The relay sees a change
// within a second. A tool that is killed has done a part of its work; each dead letter is changed whole or not at all.
//
// Every call blocks, and throws std::runtime_error with a sentence for the operator. One thread at a time.
class SpoolFile {
public:
    enum class Access { Read, Write };

    // Throws if the file does not exist or has another schema version: the relay makes and migrates the file.
    SpoolFile(const std::filesystem::path& directory, Access access);
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;
    ~SpoolFile();

    Ledger ledger();
    std::vector<DeadLetterCount> dead_letter_counts();

    // How many dead letters are selected. Reads all of their rows.
    std::uint64_t count(const Selection& selection);

    using Visit = std::function<void(const DeadLetter&)>;

    // Calls `visit` for at most `limit` selected dead letters. It reads some hundreds at a time, so that the file is
    // not locked while `visit` works. Dead letters that are made meanwhile are not visited.
    void visit(const Selection& selection, Order order, std::size_t limit, const Visit& visit);

    // Returns the record that is sent in place of the dead letter; nothing leaves the dead letter as it is.
    using Rewrite = std::function<std::optional<Record>(const DeadLetter&)>;

    // Makes the selected dead letters pending again, under their ids. Returns how many. A dead letter is replayed once;
    // dead letters that are made meanwhile are left alone, also if they were replayed before.
    std::uint64_t replay(const Selection& selection, const Rewrite& rewrite);

    // Deletes the selected dead letters; the ledger still counts them. Returns how many.
    std::uint64_t purge(const Selection& selection);

private:
    class Parts;
    std::unique_ptr<Parts> parts_;
};

// The process id of the relay that runs in the directory; nothing if none does. Throws std::runtime_error.
std::optional<std::string> holder_of(const std::filesystem::path& directory);

// The damaged databases that a relay renamed, the oldest first. Throws std::runtime_error.
std::vector<std::filesystem::path> set_aside(const std::filesystem::path& directory);

}  // namespace pinrelay::spool
