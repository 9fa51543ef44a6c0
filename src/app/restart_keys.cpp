#include "restart_keys.hpp"

#include <array>
#include <string_view>

namespace pinrelay::app {
namespace {

using config::Config;

template <auto member>
bool differs(const Config& a, const Config& b) {
    return a.*member != b.*member;
}

struct Key {
    std::string_view path;
    bool (*differs)(const Config&, const Config&);
};

// Ports, threads, the log and the store are made once.
constexpr std::array restart_keys = {
    Key{"listen", differs<&Config::listen>},
    Key{"admin", differs<&Config::admin>},
    Key{"data_dir", differs<&Config::data_dir>},
    Key{"workers", differs<&Config::workers>},
    Key{"log_format", differs<&Config::log_format>},
    Key{"log_time", differs<&Config::log_time>},
    Key{"duplicates.window", differs<&Config::duplicate_window>},
    Key{"duplicates.max_keys", differs<&Config::duplicate_max_keys>},
    Key{"spool.durability", differs<&Config::durability>},
    Key{"spool.max_bytes", differs<&Config::spool_max_bytes>},
    Key{"spool.max_records", differs<&Config::spool_max_records>},
    Key{"journal.keep", differs<&Config::journal_keep>},
    Key{"journal.max_bytes", differs<&Config::journal_max_bytes>},
};

}  // namespace

std::optional<std::string> needs_restart(const Config& running, const Config& wanted) {
    std::string keys;
    for (const auto& key : restart_keys) {
        if (!key.differs(running, wanted)) continue;
        if (!keys.empty()) keys += ", ";
        keys += key.path;
    }
    if (keys.empty()) return std::nullopt;
    return "needs a restart: " + keys;
}

}  // namespace pinrelay::app
