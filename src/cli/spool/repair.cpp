#include <cstdio>

#include "commands.hpp"
#include "letter_json.hpp"
#include "pinrelay/spool/check.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"
#include "pinrelay/spool/salvage.hpp"
#include "progress.hpp"
#include "text.hpp"

namespace pinrelay::cli {
namespace {

namespace fs = std::filesystem;

// Pinterest folds second copies of an event for so long.
constexpr std::chrono::hours folded_for{48};

bool report(const fs::path& file) {
    ProgressLine progress("events and dead letters", 0, shows_progress(false));
    const auto problems = spool::problems_of(
        file, is_sound, [&progress](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    progress.end();
    if (problems.empty()) std::printf("%s is sound\n", file.c_str());
    for (const auto& problem : problems) std::printf("%s: %s\n", file.c_str(), printable(problem).c_str());
    return problems.empty();
}

// Files whose events nobody has brought back yet are events that are not sent.
bool report_set_aside(const fs::path& directory) {
    bool good = true;
    for (const fs::path& file : spool::set_aside(directory)) {
        const bool salvaged = spool::is_salvaged(directory, file);
        good = good && salvaged;
        std::printf("%s was damaged and set aside; %s\n", file.c_str(),
                    salvaged ? "what could be read of it is in the store, and it may be deleted"
                             : ("to get its events back: pinrelay spool salvage " + file.string()).c_str());
    }
    return good;
}

}  // namespace

int spool_check(const SpoolOptions& options) {
    if (options.file) return report(*options.file) ? 0 : 1;
    const fs::path directory = spool_directory(options);
    if (!report(directory / "spool.sqlite")) return 1;
    return report_set_aside(directory) ? 0 : 1;
}

int spool_salvage(const SpoolOptions& options) {
    ProgressLine progress("pages", 0, shows_progress(false));
    const spool::SalvageOptions how{is_sound, folded_for,
                                    [&progress](std::uint64_t done, std::uint64_t all) { progress.show(done, all); }};
    const auto result = spool::salvage(spool_directory(options), *options.file, how, system_now());
    progress.end();

    if (result.finished_before) {
        std::printf("nothing new: what can be read of it is in the store already\n");
        return 0;
    }
    std::printf("%s pending again, %s brought back\n", counted(result.records, "event").c_str(),
                counted(result.dead_letters, "dead letter").c_str());
    if (result.maybe_delivered > 0)
        std::printf("%s of these had perhaps been delivered already: see the reason %s\n",
                    std::to_string(result.maybe_delivered).c_str(),
                    std::string(spool::reasons::maybe_delivered.label).c_str());
    if (result.copies > 0)
        std::printf("%s kept beside them, in case they are refused\n", counted(result.copies, "duplicate").c_str());
    if (result.left_copies > 0)
        std::printf("%s left: unreadable, or without an event that is pending again\n",
                    counted(result.left_copies, "duplicate").c_str());
    if (result.before > 0) std::printf("%s had been brought back before\n", counted(result.before, "row").c_str());
    std::printf("%s and %s could not be read\n", counted(result.unreadable_rows, "row").c_str(),
                counted(result.unreadable_pages, "page").c_str());
    if (result.missing.value_or(0) > 0)
        std::printf("%s that the file knew of not found\n", counted(*result.missing, "event").c_str());
    if (result.records + result.dead_letters + result.before == 0 && result.unreadable_pages > 0) {
        std::printf("nothing of a store was found in it: is it the right file?\n");
        return 1;
    }
    return 0;
}

}  // namespace pinrelay::cli
