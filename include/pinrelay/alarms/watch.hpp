#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pinrelay/alarms/message.hpp"
#include "pinrelay/alarms/observation.hpp"

namespace pinrelay::alarms {

// Decides from one observation a minute which messages to send. Pure; not thread-safe.
//
// A message follows when something begins and when it is over. An alarm is one kind for one account. Each begins at
// most once in an hour: what comes and goes meanwhile causes no message, and what still holds after the hour does.
// An alarm also begins anew, after the hour, when it comes to hold for a further subject.
class Watch {
public:
    Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch();

    std::vector<Message> look(const Observation& now_seen, const Limits& limits, Time now);

    // The message reached nobody. One that reports a beginning is repeated after an hour if it still holds.
    void lost(const Message& message);

    // The alarms that hold now, whether reported or not. The account is "" for an alarm of the whole relay.
    std::vector<std::pair<Kind, std::string>> holding() const;

    // All that a restart must not lose, as JSON: what was reported, and the hourly counts of events.
    std::string save() const;
    // Into a new watch only. False, and nothing is changed, for a text that `save` did not write.
    bool restore(std::string_view text);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace pinrelay::alarms
