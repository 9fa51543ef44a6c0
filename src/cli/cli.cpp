#include "pinrelay/cli/cli.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "cli/explain/commands.hpp"
#include "cli/find/command.hpp"
#include "cli/spool/commands.hpp"
#include "cli/watch/commands.hpp"
#include "commands.hpp"
#include "core_dumps.hpp"
#include "misspelling.hpp"
#include "version.hpp"

namespace pinrelay::cli {
namespace {

constexpr const char* description =
    "Pinrelay takes GA4-style events at /collect and delivers them to Pinterest's Conversions API.\n"
    "Everything can be set by PINRELAY_* variables of the environment alone, by a file, or by both: a variable wins.";

constexpr const char* footer =
    "A first start:\n"
    "  PINRELAY_AD_ACCOUNT_ID=549… PINRELAY_ACCESS_TOKEN=… pinrelay serve\n"
    "Exit codes: 0 done, 1 the answer is no (problems found, not healthy), 2 it could not start, or could not do it.";

void add_version_flags(CLI::App& app) {
    CLI::Option* verbose = app.add_flag("--verbose");
    verbose->description("With --version: how it was built, and its libraries");
    CLI::Option* version = app.set_version_flag(
        "--version", [verbose] { return verbose->count() > 0 ? verbose_version_text() : version_text(); });
    verbose->needs(version);
}

int refuse_arguments(const CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& arguments) {
    if (const auto sentence = misspelling(app, arguments))
        std::fprintf(stderr, "pinrelay: %s\nRun with --help for more information.\n", sentence->c_str());
    else
        app.exit(error);
    return could_not_start;
}

}  // namespace

int run(int argc, char** argv) {
    CLI::App app(description, "pinrelay");
    app.footer(footer);
    app.require_subcommand(1);
    add_version_flags(app);

    Options options;
    std::function<int()> command;
    const auto add = [&](const char* name, const char* meaning, int (*run_it)(const Options&)) {
        CLI::App* sub = app.add_subcommand(name, meaning);
        sub->add_option("-c,--config", options.file, "Configuration file (JSON with comments)")
            ->envname("PINRELAY_CONFIG");
        sub->callback([&, run_it] { command = [&options, run_it] { return run_it(options); }; });
        return sub;
    };
    add("serve", "Take events and deliver them, until SIGTERM or SIGINT", serve)
        ->add_flag("--allow-core-dumps", options.allow_core_dumps,
                   "Leave a core dump after a crash, if the system makes any; it holds tokens and people's data");
    CLI::App* check_command = add(
        "check", "Say everything that is wrong with the configuration and what is in force, and start nothing", check);
    check_command->add_flag("--online", options.online,
                            "Also send a test event for each account, which Pinterest checks and does not record");
    check_command->add_flag("--alarms", options.alarms, "Also send a test message to alarms.webhook");
    check_command->footer(
        "Problems and warnings go to standard error, one a line; what is in force, and what --online found, to standard "
        "output.\n"
        "Exit codes: 0 it can start (warnings are no problems), 1 there are problems, also with --online or --alarms.");
    add("reload", "Let a running relay take over its configuration anew, without dropping a connection", reload);
    CLI::App* health_command =
        add("health", "Ask a running relay's admin port whether it is alive (for container health checks)", health);
    health_command->add_flag("--ready", options.ready, "Ask for readiness: whether it can take and keep events");

    ExplainCommands explain_options;
    add_explain_commands(app, explain_options, command);

    WatchOptions watch_options;
    add_watch_commands(app, watch_options, command);
    FindOptions find_options;
    add_find_command(app, find_options, command);
    SpoolOptions spool_options;
    add_spool_commands(app, spool_options, command);

    try {
        app.parse(argc, argv);
        if (!options.allow_core_dumps) forbid_core_dumps();
        return command();
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
        return refuse_arguments(app, error, {argv + 1, argv + argc});
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "pinrelay: %s\n", failure.what());
        return could_not_start;
    }
}

}  // namespace pinrelay::cli
