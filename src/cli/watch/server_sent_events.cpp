#include "server_sent_events.hpp"

#include <algorithm>
#include <utility>

namespace pinrelay::cli {

std::optional<SentEvent> SentEventReader::take(std::string_view line) {
    if (line.empty()) {
        SentEvent event = std::exchange(event_, {});
        if (event.data.empty()) return std::nullopt;
        if (event.type.empty()) event.type = "message";
        return event;
    }
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view field = line.substr(0, colon);
    std::string_view value = line.substr(std::min(colon + 1, line.size()));
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (field == "event") event_.type = value;
    if (field == "id") last_id_ = value;
    if (field == "data") event_.data.append(event_.data.empty() ? "" : "\n").append(value);
    return std::nullopt;
}

}  // namespace pinrelay::cli
