#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::cli {

// One server-sent event.
struct SentEvent {
    std::string type;  // "message" where it has none
    std::string data;
};

// Makes events of the lines of a stream (text/event-stream of the HTML standard). No I/O.
class SentEventReader {
public:
    // The event that this line ends.
    std::optional<SentEvent> take(std::string_view line);

    // Of the last event that had one; for the header Last-Event-ID.
    const std::string& last_id() const noexcept { return last_id_; }

private:
    SentEvent event_;
    std::string last_id_;
};

}  // namespace pinrelay::cli
