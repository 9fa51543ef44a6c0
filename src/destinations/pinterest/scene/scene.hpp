#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "destinations/pinterest/items/contents.hpp"
#include "destinations/pinterest/items/money.hpp"
#include "destinations/pinterest/mapping/event_naming.hpp"
#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/person_memo.hpp"
#include "destinations/pinterest/privacy/known_person.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// Who the event is, at the head of the finished object.
struct Head {
    std::string_view action_source;
    std::chrono::sys_seconds time;
    std::string id;
};

// What the keys of one event are made from. What several keys share is made where the first of them asks for it. All
// that it is given outlives it.
class Scene {
public:
    Scene(const model::Event& of, const Named& name, const Head& at_its_head, const KnownPerson& of_whom,
          const Settings& by, PersonMemo* of_person)
        : event(of), named(name), head(at_its_head), person(of_whom), settings(by), memo(of_person) {}

    const model::Event& event;
    const Named& named;
    const Head& head;
    const KnownPerson& person;
    const Settings& settings;
    PersonMemo* memo;  // null where no other event shares the person

    const std::vector<Line>& lines(Notes& notes);
    const std::optional<Money>& money(Notes& notes);

    // By which phones, regions and postal codes are read: of the address, else the account's; "" where unknown.
    const std::string& country();
    bool limits_data();

    // Also what the cookie that the answer sets is made of.
    const std::optional<std::string>& click_id();

    // The line of which an object of `contents` is made; null outside of them.
    const Line* line = nullptr;

private:
    std::optional<std::vector<Line>> lines_;
    std::optional<std::optional<Money>> money_;
    std::optional<std::string> country_;
    std::optional<bool> limits_data_;
    std::optional<std::optional<std::string>> click_id_;
};

}  // namespace pinrelay::destinations::pinterest
