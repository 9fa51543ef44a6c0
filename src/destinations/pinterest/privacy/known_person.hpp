#pragma once

#include <string_view>

#include "pinrelay/model/arena.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// The person that an event tells of in its own fields, to be found again where nothing of a person belongs. The event
// and the arena must outlive it.
class KnownPerson {
public:
    KnownPerson(const model::Event& event, model::Arena& arena);

    // Whether one of the person's phones stands in the text as it is, with or without country code and separators.
    bool has_phone_in(std::string_view text) const;

    // Whether the text is one of the person's names, ids, codes or dates, without regard to case and encoding. Cities
    // and what is shorter than three bytes are too often something else.
    bool is_told_by(std::string_view text) const;

private:
    bool are_digits_of_phone(std::string_view text) const;
    bool has_value(std::string_view text) const;
    bool has_full_name(std::string_view text) const;

    const model::Event& event_;
    model::Texts phones_;  // the last digits of each
};

// Whether the text holds an e-mail address, a phone in international form, or one of the person's phones.
bool holds_clear_text(std::string_view text, const KnownPerson& person);

}  // namespace pinrelay::destinations::pinterest
