#include "options.hpp"

#include <stdexcept>

#include "pinrelay/config/config.hpp"
#include "pinrelay/config/units.hpp"

namespace pinrelay::cli {
namespace {

std::optional<std::string> filled(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

std::optional<Time> before_now(const std::string& duration, Time now) {
    if (duration.empty()) return std::nullopt;
    const auto length = config::parse_duration(duration);
    if (!length) throw std::runtime_error("\"" + duration + "\" is no duration");
    return now - *length;
}

}  // namespace

std::filesystem::path spool_directory(const SpoolOptions& options) {
    if (options.data_dir) return *options.data_dir;
    return config::load(options.config_file, config::process_environment()).config.data_dir;
}

std::string destination_name(const std::string& account) {
    const bool bare = account.find_first_not_of("0123456789") == std::string::npos;
    return bare ? "pinterest:" + account : account;
}

spool::Selection selection_of(const SpoolOptions& options, Time now) {
    spool::Selection selection;
    if (!options.account.empty()) selection.destination = destination_name(options.account);
    selection.reason = filled(options.reason);
    selection.event_name = filled(options.event_name);
    selection.died_before = before_now(options.older_than, now);
    selection.died_since = before_now(options.newer_than, now);
    selection.numbers = options.numbers;
    return selection;
}

void require_filter(const SpoolOptions& options) {
    const bool filtered = !options.account.empty() || !options.reason.empty() || !options.event_name.empty() ||
                          !options.older_than.empty() || !options.newer_than.empty() || !options.numbers.empty();
    if (filtered == options.all)
        throw std::runtime_error(filtered ? "a filter and --all contradict each other"
                                          : "say which dead letters are meant, by a filter or with --all");
}

}  // namespace pinrelay::cli
