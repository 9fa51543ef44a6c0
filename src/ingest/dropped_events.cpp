#include "dropped_events.hpp"

#include <string>
#include <utility>

#include "pinrelay/watch/event_name.hpp"

namespace pinrelay::ingest {
namespace {

spool::DroppedEvent dropped_event(const Outcome& outcome, std::string_view reason) {
    spool::DroppedEvent event;
    if (outcome.destination != nullptr) event.account = outcome.destination->name();
    if (watch::is_event_name(outcome.event_name)) event.event_name = outcome.event_name;
    event.event_id = outcome.sent_id;
    event.order_id = outcome.order_id;
    event.reason = reason;
    return event;
}

}  // namespace

std::vector<spool::DroppedEvent> dropped_events(std::span<const Outcome> outcomes) {
    std::vector<spool::DroppedEvent> events;
    for (const Outcome& outcome : outcomes)
        if (const auto* drop = std::get_if<destination::Drop>(&outcome.result))
            events.push_back(dropped_event(outcome, drop->reason));
    return events;
}

}  // namespace pinrelay::ingest
