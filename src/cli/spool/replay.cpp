#include <cstdio>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

#include "cli/load.hpp"
#include "commands.hpp"
#include "pinrelay/app/destinations.hpp"
#include "progress.hpp"
#include "text.hpp"

namespace pinrelay::cli {
namespace {

using destination::Destination;
using spool::SpoolFile;

// Translates each dead letter again for its account, and counts what became of them.
class ReplayJudge {
public:
    explicit ReplayJudge(const config::Config& config) : destinations_(app::make_destinations(config)) {}

    std::optional<model::Record> judge(const spool::DeadLetter& letter) {
        const model::Record& stored = letter.stored.record;
        const Destination* account = find(stored.destination);
        if (account == nullptr) {
            ++stays_["account_not_configured: " + stored.destination + " is not in the configuration"];
            return std::nullopt;
        }
        auto translation = account->translate_again(stored, system_now());
        if (const auto* drop = std::get_if<destination::Drop>(&translation.outcome)) {
            ++stays_[std::string(drop->reason) + ": " + (drop->field.empty() ? "" : drop->field + ": ") +
                     drop->message];
            return std::nullopt;
        }
        auto& record = std::get<model::Record>(translation.outcome);
        const bool renamed = record.event_name != stored.event_name;
        ++goes_[record.event_name + (renamed ? ", which was " + stored.event_name : "")];
        for (const auto& warning : translation.warnings) ++warnings_[warning.field + ": " + warning.message];
        return std::move(record);
    }

    unsigned long long sent() const { return sum(goes_); }

    void report(const std::string& what_happens) const {
        std::printf("%s %s\n%s", counted(sum(goes_), "dead letter").c_str(), what_happens.c_str(),
                    lines(goes_).c_str());
        if (!stays_.empty())
            std::printf("%s where they are\n%s",
                        (counted(sum(stays_), "dead letter") + (sum(stays_) == 1 ? " stays" : " stay")).c_str(),
                        lines(stays_).c_str());
        if (!warnings_.empty()) std::printf("changed on the way\n%s", lines(warnings_).c_str());
    }

private:
    using Counted = std::map<std::string, std::uint64_t>;

    const Destination* find(const std::string& name) const {
        for (const auto& each : destinations_)
            if (each->name() == name) return each.get();
        return nullptr;
    }

    static std::uint64_t sum(const Counted& counts) {
        std::uint64_t all = 0;
        for (const auto& [what, count] : counts) all += count;
        return all;
    }

    static std::string lines(const Counted& counts) {
        std::vector<std::vector<std::string>> rows;
        for (const auto& [what, count] : counts) rows.push_back({std::to_string(count), printable(what)});
        return table_text(rows);
    }

    std::vector<std::unique_ptr<Destination>> destinations_;
    Counted goes_;
    Counted stays_;
    Counted warnings_;
};

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
    ReplayJudge replay(sound_config(options));
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
        replay.report("would be sent again");
        return 0;
    }
    const auto moved = store.replay(selection, judge);
    progress.end();
    replay.report("given to delivery again");
    if (moved < replay.sent()) std::printf("of these another tool had taken %llu meanwhile\n", replay.sent() - moved);
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
