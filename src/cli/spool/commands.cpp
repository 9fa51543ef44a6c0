#include "commands.hpp"

#include <CLI/CLI.hpp>

#include "pinrelay/config/units.hpp"

namespace pinrelay::cli {
namespace {

constexpr const char* group_footer =
    "All of it works beside a running relay, and without one. Read more in docs/operations.md.\n"
    "Examples:\n"
    "  pinrelay spool stats\n"
    "  pinrelay spool list --reason refused --newer-than 1d\n"
    "  pinrelay spool show 17\n"
    "  pinrelay spool replay --reason refused --dry-run\n"
    "Exit codes: 0 done, 1 the answer is no (nothing found, damage found), 2 it could not be done.";

constexpr const char* replay_footer =
    "A letter keeps its event's id and time and passes the gate again under today's configuration: it is renamed by\n"
    "today's rules, keys that Pinterest no longer knows are left out, and what would be dropped today stays a dead "
    "letter.\n"
    "A second replay of the same letters finds none.\n"
    "Offline events (reason ambiguous_offline) are counted by Pinterest as often as they arrive.\n"
    "Examples:\n"
    "  pinrelay spool replay --reason refused --event-name purchase --dry-run\n"
    "  pinrelay spool replay --account 549755813888 --newer-than 2d\n"
    "  pinrelay spool replay --number 17 --number 18";

constexpr const char* purge_footer =
    "What is deleted is gone; the counts in the metrics stay. `pinrelay spool export` first keeps a copy.\n"
    "Examples:\n"
    "  pinrelay spool purge --older-than 30d\n"
    "  pinrelay spool purge --all";

constexpr const char* list_footer =
    "Examples:\n"
    "  pinrelay spool list --account 549755813888 --older-than 2d\n"
    "  pinrelay spool list --event-name purchase --limit 500";

constexpr const char* export_footer =
    "One JSON object a line, oldest death first. It holds what the store holds: digests, addresses, user agents.\n"
    "Example:\n"
    "  pinrelay spool export --reason refused > refused.jsonl";

constexpr const char* check_footer =
    "Without FILE: the store in the data directory, and whether damaged files wait there to be salvaged.\n"
    "Examples:\n"
    "  pinrelay spool check\n"
    "  pinrelay spool check /backup/spool.sqlite";

constexpr const char* salvage_footer =
    "Reads what a damaged database, and the WAL beside it, still hold, and gives it to the store: pending events are "
    "sent,\n"
    "dead letters are dead letters. The file is only read. An interrupted salvage is gone on with when it is called\n"
    "again; a second one of the same file adds nothing.\n"
    "Example:\n"
    "  pinrelay spool salvage data/spool.sqlite.damaged-20260727T080000Z";

// The commands share their options: only one of them is parsed.
class Builder {
public:
    Builder(CLI::App& group, SpoolOptions& options, std::function<int()>& command)
        : group_(group), options_(options), command_(command) {}

    CLI::App& add(const char* name, const char* meaning, const char* footer, int (*run)(const SpoolOptions&)) {
        CLI::App& sub = *group_.add_subcommand(name, meaning);
        sub.footer(footer);
        sub.add_option("-c,--config", options_.config_file, "Configuration file (JSON with comments)")
            ->envname("PINRELAY_CONFIG")
            ->check(CLI::ExistingFile);
        sub.add_option("--data-dir", options_.data_dir, "Directory of the store, in place of the configuration's");
        sub.callback(
            [&options = options_, &command = command_, run] { command = [&options, run] { return run(options); }; });
        return sub;
    }

    CLI::App& add_filtered(const char* name, const char* meaning, const char* footer, int (*run)(const SpoolOptions&)) {
        CLI::App& sub = add(name, meaning, footer, run);
        sub.add_option("--account", options_.account, "Ad account: 549… or pinterest:549…");
        sub.add_option("--reason", options_.reason, "Why they died, as `stats` lists it");
        sub.add_option("--event-name", options_.event_name, "Name as the event came, or as it was sent");
        add_duration(sub, "--older-than", options_.older_than, "Died longer ago: 90m, 2d");
        add_duration(sub, "--newer-than", options_.newer_than, "Died since then: 1h");
        sub.add_option("--number", options_.numbers, "Number, as `list` gives it; repeatable")
            ->check(CLI::PositiveNumber);
        return sub;
    }

private:
    static void add_duration(CLI::App& sub, const char* name, std::string& target, const char* meaning) {
        sub.add_option(name, target, meaning)->check([](const std::string& text) {
            return config::parse_duration(text) ? std::string() : "\"" + text + "\" is no duration such as 90m or 2d";
        });
    }

    CLI::App& group_;
    SpoolOptions& options_;
    std::function<int()>& command_;
};

}  // namespace

void add_spool_commands(CLI::App& app, SpoolOptions& options, std::function<int()>& command) {
    CLI::App& group = *app.add_subcommand("spool", "Look into the store: what waits, dead letters, damaged files");
    group.footer(group_footer);
    group.require_subcommand(1);
    Builder builder(group, options, command);

    builder.add("stats", "What waits for each account, how its delivery fares, and what died of what", "", spool_stats);
    CLI::App& list = builder.add_filtered("list", "Dead letters, newest first", list_footer, spool_list);
    list.add_option("--limit", options.limit, "At most so many")->capture_default_str();
    CLI::App& show = builder.add("show", "Everything about one dead letter", "", spool_show);
    show.add_option("NUMBER", options.number, "As `list` gives it")->required();
    builder.add_filtered("export", "Dead letters as JSON lines", export_footer, spool_export);
    CLI::App& replay =
        builder.add_filtered("replay", "Give dead letters to delivery again", replay_footer, spool_replay);
    replay.add_flag("--dry-run", options.dry_run, "Say what would be sent, and change nothing");
    CLI::App& purge = builder.add_filtered("purge", "Delete dead letters", purge_footer, spool_purge);
    for (CLI::App* sub : {&replay, &purge}) sub->add_flag("--all", options.all, "All dead letters there are");
    CLI::App& check = builder.add("check", "Say what is wrong with a database", check_footer, spool_check);
    check.add_option("FILE", options.file, "Another database than the store");
    CLI::App& salvage =
        builder.add("salvage", "Get events back out of a damaged database", salvage_footer, spool_salvage);
    salvage.add_option("FILE", options.file, "The database that was set aside")->required()->check(CLI::ExistingFile);
}

}  // namespace pinrelay::cli
