#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server_sent_events.hpp"

namespace pinrelay::cli {

// Those that `--status` takes.
std::vector<std::string> status_names();

// Which events are shown. An empty text or list allows all.
struct EventFilter {
    std::string event;                  // GA4's name or the destination's
    std::string account;                // "pinterest:549755885175"
    std::vector<std::string> statuses;  // none: all but "ignored"
};

// Turns what the stream of events brings into lines for people, or into JSON lines. No I/O.
class EventLines {
public:
    enum class Form { Plain, Coloured, Json };

    EventLines(EventFilter filter, Form form) : filter_(std::move(filter)), form_(form) {}

    // The line, with its end; nothing for what the filter leaves out.
    std::optional<std::string> line(const SentEvent& sent);

private:
    struct Fields;
    std::string missed(const std::string& count) const;
    bool is_shown(const Fields& fields) const;
    std::string written(const Fields& fields) const;

    EventFilter filter_;
    Form form_;
    std::map<std::uint64_t, std::string> names_;  // GA4's, of the last events, by number: outcomes refer to them
};

}  // namespace pinrelay::cli
