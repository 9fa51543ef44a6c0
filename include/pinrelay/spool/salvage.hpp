#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/record.hpp"
#include "progress.hpp"

namespace pinrelay::spool {

struct SalvageOptions {
    // Whether the body of a record may be sent. Other records count as unreadable.
    std::function<bool(const model::Record&)> is_sound;

    // How long the destination deduplicates an event. The file does not always say whether a record was delivered. Such
    // a record is sent again only if the destination would deduplicate it; otherwise it becomes a dead letter.
    std::chrono::hours folded_for{48};

    // Counts pages of the file.
    Progress progress = [](std::uint64_t, std::uint64_t) {};
};

struct Salvaged {
    std::uint64_t records = 0;             // became pending again, by this call
    std::uint64_t dead_letters = 0;        // were brought back or made, by this call
    std::uint64_t maybe_delivered = 0;     // of the dead letters: records that may have been delivered
    bool finished_before = false;          // an earlier call had finished; this one read nothing
    std::uint64_t before = 0;              // rows that an earlier call had brought back
    std::uint64_t unreadable_rows = 0;     // of the whole file
    std::uint64_t unreadable_pages = 0;    // of its tables
    std::optional<std::uint64_t> missing;  // pending records by the file's ledger that were not found

    // Duplicates that the file keeps, each in case the record beside it is refused.
    std::uint64_t copies = 0;       // are kept beside records that became pending again, by this call
    std::uint64_t left_copies = 0;  // of the whole file: unreadable, or without a record that became pending again
};

// Brings the readable rows of a damaged database, and of its WAL, into the store of the directory. A relay may run in
// the directory or not. The damaged file is only read.
//
// Records get new ids and keep everything else. They count as stored once more, because this store has never seen them;
// and their duplicates as folded. A rival remains one: a more trusted event with its id that comes later displaces it.
// The progress is committed together with the rows: a call after an interruption continues, and a call after the end
// adds nothing, as long as the file's contents are the same.
//
// Blocks. Throws std::runtime_error with a sentence for the operator.
Salvaged salvage(const std::filesystem::path& directory, const std::filesystem::path& file,
                 const SalvageOptions& options, Time now);

// Whether salvage() of this file has finished. Throws as salvage() does.
bool is_salvaged(const std::filesystem::path& directory, const std::filesystem::path& file);

}  // namespace pinrelay::spool
