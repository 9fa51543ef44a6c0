#include "commands.hpp"

#include <CLI/CLI.hpp>

#include "event_line.hpp"

namespace pinrelay::cli {
namespace {

constexpr const char* tail_footer =
    "A line for each event that comes in, and one for what becomes of it: time (UTC), outcome, GA4's name and\n"
    "Pinterest's, ad account, event id, and identifiers, reason or latency. Nothing in it is personal data in plain "
    "text.\n"
    "Members of requests that are no events are left out, unless --status ignored is given.\n"
    "Ctrl-C ends it. When the relay restarts, it goes on.\n"
    "Examples:\n"
    "  pinrelay tail\n"
    "  pinrelay tail --event purchase\n"
    "  pinrelay tail --status dropped --status rejected\n"
    "  pinrelay tail --json | jq .event_id";

constexpr const char* status_footer =
    "Exit codes: 0 all is well, 1 the relay is not ready, an account is paused, or an event has waited for an hour,\n"
    "2 no relay answers.";

constexpr const char* top_footer = "Ctrl-C ends it.";

CLI::App& add(CLI::App& app, WatchOptions& options, std::function<int()>& command, const char* name,
              const char* meaning, const char* footer, int (*run)(const WatchOptions&)) {
    CLI::App& sub = *app.add_subcommand(name, meaning);
    sub.footer(footer);
    sub.add_option("-c,--config", options.of_config.file, "Configuration file (JSON with comments)")
        ->envname("PINRELAY_CONFIG");
    sub.callback([&options, &command, run] { command = [&options, run] { return run(options); }; });
    return sub;
}

}  // namespace

void add_watch_commands(CLI::App& app, WatchOptions& options, std::function<int()>& command) {
    constexpr unsigned slowest = 3600;
    CLI::App& tailing =
        add(app, options, command, "tail", "Follow the events of a running relay as they come", tail_footer, tail);
    tailing.add_option("--event", options.event, "Only events of this name, GA4's or Pinterest's");
    tailing.add_option("--account", options.account, "Only this ad account: 549… or pinterest:549…");
    tailing.add_option("--status", options.statuses, "Only this outcome; repeatable")
        ->check(CLI::IsMember(status_names()));
    tailing.add_flag("--json", options.json, "One JSON object a line");
    CLI::App& printing =
        add(app, options, command, "status", "Print how a running relay fares: accounts, rates, and what was dropped",
            status_footer, status);
    printing.add_flag("--json", options.json, "As JSON");
    CLI::App& refreshing =
        add(app, options, command, "top", "Show the same in the terminal, refreshed", top_footer, top);
    refreshing.add_option("--every", options.every, "Seconds between two looks")
        ->check(CLI::Range(1U, slowest))
        ->capture_default_str();
}

}  // namespace pinrelay::cli
