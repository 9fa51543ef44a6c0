#include "command.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "pinrelay/app/find.hpp"
#include "pinrelay/config/config.hpp"

namespace pinrelay::cli {
namespace {

constexpr const char* find_footer =
    "Answers from the journal (journal.keep, 14 days), beside a running relay or without one. It has digests of the\n"
    "ids and no personal data. An order is found by its transaction_id.\n"
    "Examples:\n"
    "  pinrelay find --order 4711\n"
    "  pinrelay find --event-id 5f0c9a7e\n"
    "  pinrelay find --last 100 --json\n"
    "Exit codes: 0 found, 1 nothing found, 2 it could not be done.";

constexpr std::size_t most_of_one_id = 100;
constexpr std::size_t most_last = 100'000;

spool::JournalQuestion question_of(const FindOptions& options) {
    using By = spool::JournalQuestion::By;
    if (!options.event_id.empty()) return {By::EventId, options.event_id, most_of_one_id};
    if (!options.order.empty()) return {By::Order, options.order, most_of_one_id};
    return {By::Last, {}, options.last};
}

int find(const FindOptions& options) {
    const auto config = config::load(options.config_file, config::process_environment()).config;
    const auto question = question_of(options);
    const auto found = app::find_events(options.data_dir.value_or(config.data_dir), question);
    const bool has_journal = config.journal_keep.count() > 0;
    const std::string text =
        options.json ? app::found_json(question, found, has_journal) + "\n" : found_text(question, found, has_journal);
    std::fputs(text.c_str(), stdout);
    return found.events.empty() ? 1 : 0;
}

}  // namespace

void add_find_command(CLI::App& app, FindOptions& options, std::function<int()>& command) {
    CLI::App& sub =
        *app.add_subcommand("find", "Report what became of an event or an order: sent, dropped and why, waiting");
    sub.footer(find_footer);
    sub.add_option("-c,--config", options.config_file, "Configuration file (JSON with comments)")
        ->envname("PINRELAY_CONFIG")
        ->check(CLI::ExistingFile);
    sub.add_option("--data-dir", options.data_dir, "Directory of the store, in place of the configuration's");
    CLI::Option_group& question = *sub.add_option_group("question");
    question.add_option("--event-id", options.event_id, "The event's id");
    question.add_option("--order", options.order, "The order's id (transaction_id)");
    question.add_option("--last", options.last, "The last events, so many")
        ->check(CLI::Range(std::size_t{1}, most_last));
    question.require_option(1);
    sub.add_flag("--json", options.json, "One JSON object");
    sub.callback([&options, &command] { command = [&options] { return find(options); }; });
}

}  // namespace pinrelay::cli
