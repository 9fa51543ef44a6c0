#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/record.hpp"

namespace pinrelay::spool {

struct SalvageOptions {
    // Whether a body is what may be sent. What is not counts as unreadable.
    std::function<bool(const model::Record&)> is_sound;

    // How long the destination folds a second copy of an event. Where the file cannot say whether a record had been
    // delivered, an older one becomes a dead letter, for a person to decide; so does one that is never folded.
    std::chrono::hours folded_for{48};
};

struct Salvaged {
    std::uint64_t records = 0;             // pending again, by this call
    std::uint64_t dead_letters = 0;        // that were brought back, by this call
    std::uint64_t maybe_delivered = 0;     // of these: records that had perhaps been delivered
    bool finished_before = false;          // nothing was read: an earlier call had brought everything back
    std::uint64_t before = 0;              // rows that an earlier call had brought back
    std::uint64_t unreadable_rows = 0;     // of the whole file
    std::uint64_t unreadable_pages = 0;    // of its tables
    std::optional<std::uint64_t> missing;  // records that the file's own account knew of, and which were not found
};

// Brings what can be read of a damaged database, with the WAL beside it, into the store of the directory, beside a
// relay or without one. The file is only read. Records get new ids and keep all else; they count as stored once more,
// since this store has never seen them. How far it came is kept in the same transactions: a call that was interrupted
// is gone on with, and a second one of a file with the same contents adds nothing. Throws std::runtime_error, with a
// sentence for the operator.
Salvaged salvage(const std::filesystem::path& directory, const std::filesystem::path& file,
                 const SalvageOptions& options, Time now);

// Whether all that can be read of the file is in the store of the directory. Throws as above.
bool is_salvaged(const std::filesystem::path& directory, const std::filesystem::path& file);

}  // namespace pinrelay::spool
