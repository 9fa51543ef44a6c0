#include "commands.hpp"

#include <CLI/CLI.hpp>

namespace pinrelay::cli {
namespace {

constexpr const char* explain_footer =
    "WHAT is a file, a URL, or - for standard input. Its text is a body, a URL with the event's parameters, a "
    "recorded\n"
    "request (\"POST /collect HTTP/1.1\", header and body) or a curl command as browsers copy it. Nothing is sent or "
    "stored.\n"
    "Duplicates of earlier events are not known here: ask a running relay with ?debug=1.\n"
    "Examples:\n"
    "  pinrelay explain purchase.json\n"
    "  pinrelay explain 'https://shop.example/g/collect?v=2&en=purchase&ep.value=79.99'\n"
    "  pbpaste | pinrelay explain - --from 198.51.100.7\n"
    "  pinrelay explain purchase.json --save-test tests/purchase.json\n"
    "Exit codes: 0 each event would be sent, 1 at least one would not, 2 it could not be read.";

constexpr const char* test_footer =
    "Runs cases that are kept beside the mapping: a request, and what Pinterest must get of it or why nothing is "
    "sent.\n"
    "Without CASE: all files tests/*.json beside the configuration file. docs/mapping-tests.md has the form of a "
    "case;\n"
    "`pinrelay explain --save-test` writes one.\n"
    "Examples:\n"
    "  pinrelay test -c pinrelay.json\n"
    "  pinrelay test tests/purchase.json\n"
    "Exit codes: 0 all cases hold, 1 at least one does not, 2 it could not be done.";

void add_configuration(CLI::App& sub, std::optional<std::filesystem::path>& file) {
    sub.add_option("-c,--config", file, "Configuration file (JSON with comments)")->envname("PINRELAY_CONFIG");
}

void add_explain(CLI::App& app, ExplainOptions& options, std::function<int()>& command) {
    CLI::App& sub = *app.add_subcommand("explain", "Show stage by stage what would become of an event, and why");
    sub.footer(explain_footer);
    add_configuration(sub, options.config_file);
    sub.add_option("what", options.what, "File, URL, or - for standard input")
        ->type_name("WHAT")
        ->capture_default_str();
    sub.add_option("--from", options.from, "The address that the request would come from; this machine's by default")
        ->type_name("ADDRESS");
    sub.add_option("-H,--header", options.headers, "A header of the request, \"Name: value\"; may be repeated")
        ->type_name("LINE")
        ->allow_extra_args(false);
    sub.add_flag("--json", options.json, "Print JSON");
    sub.add_option("--save-test", options.save_test, "Write what came out as a case for `pinrelay test`")
        ->type_name("FILE");
    sub.callback([&options, &command] { command = [&options] { return explain(options); }; });
}

void add_test(CLI::App& app, MappingTestOptions& options, std::function<int()>& command) {
    CLI::App& sub = *app.add_subcommand("test", "Hold the mapping against cases: requests and what must come of them");
    sub.footer(test_footer);
    add_configuration(sub, options.config_file);
    sub.add_option("case", options.files, "Files of cases")->type_name("CASE");
    sub.callback([&options, &command] { command = [&options] { return run_mapping_tests(options); }; });
}

}  // namespace

void add_explain_commands(CLI::App& app, ExplainCommands& options, std::function<int()>& command) {
    add_explain(app, options.explain, command);
    add_test(app, options.test, command);
}

}  // namespace pinrelay::cli
