#include <cstdio>
#include <stdexcept>
#include <utility>
#include <vector>

#include "cli/load.hpp"
#include "commands.hpp"
#include "pinrelay/app/destinations.hpp"
#include "pinrelay/app/replay_judge.hpp"
#include "progress.hpp"
#include "text.hpp"

namespace pinrelay::cli {
namespace {

using app::ReplayJudge;
using spool::SpoolFile;

std::string lines(const ReplayJudge::Counted& counts) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [what, count] : counts) rows.push_back({std::to_string(count), printable(what)});
    return table_text(rows);
}

void report(const ReplayJudge& judge, const std::string& what_happens) {
    std::printf("%s %s\n%s", counted(ReplayJudge::sum(judge.goes()), "dead letter").c_str(), what_happens.c_str(),
                lines(judge.goes()).c_str());
    const auto staying = ReplayJudge::sum(judge.stays());
    if (staying > 0)
        std::printf("%s where they are\n%s",
                    (counted(staying, "dead letter") + (staying == 1 ? " stays" : " stay")).c_str(),
                    lines(judge.stays()).c_str());
    if (!judge.changed().empty()) std::printf("changed on the way\n%s", lines(judge.changed()).c_str());
}

// Events are sent under the configuration, so all of it must be good.
config::Config sound_config(const SpoolOptions& options) {
    Options of_config;
    of_config.file = options.config_file;
    auto loaded = load_checked(of_config);
    if (!loaded.problems.empty())
        throw std::runtime_error("the configuration has problems: " + config::one_line(loaded.problems));
    return std::move(loaded.config);
}

}  // namespace

int spool_replay(const SpoolOptions& options) {
    require_filter(options);
    const auto selection = selection_of(options, system_now());
    const auto destinations = app::make_destinations(sound_config(options));
    ReplayJudge replay(destinations);
    SpoolFile store(spool_directory(options), options.dry_run ? SpoolFile::Access::Read : SpoolFile::Access::Write);
    const bool is_shown = shows_progress(false);
    ProgressLine progress("dead letters", is_shown ? store.count(selection) : 0, is_shown);
    const auto judge = [&](const spool::DeadLetter& letter) {
        progress.add();
        return replay.judge(letter);
    };
    if (options.dry_run) {
        constexpr auto no_limit = static_cast<std::size_t>(-1);
        store.visit(selection, spool::Order::OldestFirst, no_limit, judge);
        progress.end();
        report(replay, "would be sent again");
        return 0;
    }
    const auto moved = store.replay(selection, judge);
    progress.end();
    report(replay, "given to delivery again");
    const auto sent = ReplayJudge::sum(replay.goes());
    if (moved < sent)
        std::printf("of these another tool had taken %llu meanwhile\n", static_cast<unsigned long long>(sent - moved));
    return 0;
}

int spool_purge(const SpoolOptions& options) {
    require_filter(options);
    SpoolFile store(spool_directory(options), SpoolFile::Access::Write);
    const auto purged = store.purge(selection_of(options, system_now()));
    std::printf("%s deleted\n", counted(purged, "dead letter").c_str());
    return 0;
}

}  // namespace pinrelay::cli
