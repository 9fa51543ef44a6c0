#include <cstdio>
#include <stdexcept>

#include "commands.hpp"
#include "letter_json.hpp"
#include "progress.hpp"
#include "text.hpp"

namespace pinrelay::cli {
namespace {

using spool::SpoolFile;

// Pinterest's words may be long; `show` gives them whole.
std::string shortened(const std::string& text) {
    constexpr std::size_t most = 60;
    if (text.size() <= most) return text;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not within a character
    return text.substr(0, end) + "…";
}

// What was printed may still be in memory: the disk is full, the reader is gone.
void expect_printed() {
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        throw std::runtime_error("the output could not be written whole");
}

}  // namespace

int spool_list(const SpoolOptions& options) {
    const Time now = system_now();
    SpoolFile store(spool_directory(options), SpoolFile::Access::Read);
    std::vector<std::vector<std::string>> table = {
        {"number", "died", "account", "event", "reason", "attempts", "bytes", "event id", "message"}};
    store.visit(
        selection_of(options, now), spool::Order::NewestFirst, options.limit,
        [&table](const spool::DeadLetter& letter) {
            const model::Record& record = letter.stored.record;
            table.push_back({std::to_string(letter.number), time_text(letter.died), printable(record.destination),
                             printable(record.event_name), printable(letter.reason),
                             std::to_string(letter.stored.attempts), std::to_string(letter.bytes),
                             printable(record.event_id), printable(shortened(letter.message))});
        });
    std::printf("%s", table.size() == 1 ? "no dead letters\n" : table_text(table).c_str());
    expect_printed();
    return 0;
}

int spool_show(const SpoolOptions& options) {
    SpoolFile store(spool_directory(options), SpoolFile::Access::Read);
    spool::Selection selection;
    selection.numbers = {options.number};
    bool found = false;
    store.visit(selection, spool::Order::NewestFirst, 1, [&found](const spool::DeadLetter& letter) {
        found = true;
        std::printf("%s\n", letter_json_indented(letter).c_str());
    });
    expect_printed();
    if (found) return 0;
    std::fprintf(stderr, "there is no dead letter with the number %lld\n", static_cast<long long>(options.number));
    return 1;
}

int spool_export(const SpoolOptions& options) {
    SpoolFile store(spool_directory(options), SpoolFile::Access::Read);
    constexpr auto no_limit = static_cast<std::size_t>(-1);
    const auto selection = selection_of(options, system_now());
    const bool is_shown = shows_progress(true);
    ProgressLine progress("dead letters", is_shown ? store.count(selection) : 0, is_shown);
    store.visit(selection, spool::Order::OldestFirst, no_limit, [&progress](const spool::DeadLetter& letter) {
        std::printf("%s\n", letter_json(letter).c_str());
        if (std::ferror(stdout) != 0) expect_printed();
        progress.add();
    });
    progress.end();
    expect_printed();
    return 0;
}

}  // namespace pinrelay::cli
