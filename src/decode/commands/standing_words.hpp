#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "consent_choices.hpp"
#include "decode/event/fields.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::decode {

// What the earlier members of a request say for the later ones: the commands `consent`, `set` and `config` of a Google
// tag, and the pushes by which consent banners tell a data layer of the visitor's choice. One for each request. Costs a
// later event one look at each Field, however much was said.
class StandingWords {
public:
    // `arena` is lent; it holds the request.
    explicit StandingWords(model::Arena& arena);

    // Takes a call of gtag: `command` is its first argument, the others are those behind it, null where there is none.
    void take_command(std::string_view command, const model::Value* first, const model::Value* second);

    // Takes the words of an event that tells of consent, by its name ("cookie_consent_update"). `push` is its object,
    // `fields` what that says. Where it names a visitor, it speaks of that visitor alone.
    void take_consent_push(const model::Value& push, const Fields& fields, bool is_default);

    // Takes what a push without an event says of visitor and page; of no deed (items, value, order).
    void take_page_push(const model::Value& push);

    // Whether the request is a data layer: gtag calls or GTM's own messages came. A push without an event then holds
    // for those that follow, as it does on the page; elsewhere it is a member without a name.
    void see_data_layer() noexcept { is_data_layer_ = true; }
    bool is_data_layer() const noexcept { return is_data_layer_; }

    // Fills what an event's own words lack.
    void complete(Fields& own) const { own.fill_from(words_); }

    // Adds the choices that hold for an event to its consent.
    void add_choices(model::Event& event) const;

private:
    void take_back(const model::Value& words);
    void keep(const model::Value& closed, unsigned scope);
    void take_consent(ConsentChoices& choices, const model::Consent& consent, ConsentChoices::Kind kind,
                      std::string_view said_by);

    model::Arena& arena_;
    Fields words_;
    unsigned next_set_;
    unsigned next_config_;
    ConsentChoices choices_;
    std::map<std::string, ConsentChoices> of_visitors_;  // by client id or user id
    std::string latest_visitor_;
    unsigned order_ = 0;
    bool is_data_layer_ = false;
};

// Whether an event of that name tells of consent: banners call it "consent_update", "cookie_consent_update",
// "gtm_consent_update", "cookiePreferences", "cmpEvent" …
bool tells_of_consent(std::string_view name) noexcept;

// Whether it is about the state before the visitor chose: "consent_default".
bool tells_of_default(std::string_view name) noexcept;

}  // namespace pinrelay::decode
