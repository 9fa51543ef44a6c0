#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

#include "destinations/pinterest/items/contents.hpp"
#include "destinations/pinterest/items/money.hpp"
#include "destinations/pinterest/mapping/event_naming.hpp"
#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/person_memo.hpp"
#include "destinations/pinterest/privacy/known_person.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/arena.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// Who the event is, at the head of the finished object.
struct Head {
    std::string_view action_source;
    std::chrono::sys_seconds time;
    std::string_view id;
};

// What the keys of one event are made from. What several keys share is made where the first of them needs it. All that
// it is given outlives it, the arena, which holds what is made, included.
class Scene {
public:
    Scene(const model::Event& of, const Named& name, const Head& at_its_head, const KnownPerson& of_whom,
          const Settings& by, PersonMemo* of_person, model::Arena& of_the_event)
        : event(of),
          named(name),
          head(at_its_head),
          person(of_whom),
          settings(by),
          memo(of_person),
          arena(of_the_event) {}

    const model::Event& event;
    const Named& named;
    const Head& head;
    const KnownPerson& person;
    const Settings& settings;
    PersonMemo* memo;  // null where no other event shares the person
    model::Arena& arena;

    std::span<const Line> lines(Notes& notes);
    const std::optional<Money>& money(Notes& notes);

    // By which phones, regions and postal codes are read: of the address, else the account's; "" where unknown.
    std::string_view country();
    bool limits_data();

    // Also what the cookie that the answer sets is made of.
    std::optional<std::string_view> click_id();

    // The line of which an object of `contents` is made; null outside of them.
    const Line* line = nullptr;

private:
    std::optional<std::span<const Line>> lines_;
    std::optional<std::optional<Money>> money_;
    std::optional<std::string_view> country_;
    std::optional<bool> limits_data_;
    std::optional<std::optional<std::string_view>> click_id_;
};

}  // namespace pinrelay::destinations::pinterest
