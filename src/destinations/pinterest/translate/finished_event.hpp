#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/mapping/event_naming.hpp"
#include "destinations/pinterest/person_memo.hpp"
#include "destinations/pinterest/privacy/known_person.hpp"
#include "destinations/pinterest/warning_list.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// Who the event is, at the head of the finished object.
struct Head {
    std::string_view action_source;
    std::chrono::sys_seconds time;
    std::string id;
};

// The event as Pinterest takes it, all values normalised and hashed; the gate has not seen it yet.
Object finished_event(const model::Event& event, const Named& named, const Head& head, const KnownPerson& person,
                      const Settings& settings, PersonMemo& memo, WarningList& warnings);

}  // namespace pinrelay::destinations::pinterest
