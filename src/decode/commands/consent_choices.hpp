#pragma once

#include <array>
#include <string>
#include <string_view>

#include "decode/event/consent.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::decode {

// What the consent commands of a request have said so far, by Google's consent mode: an `update` is the visitor's own
// choice and stands until the next update, whatever a `default` says after it; a `default` holds until there is an
// update. A default for some regions (`region`) counts for everybody where it denies, since the visitor's region is not
// known, and for nobody where it grants. `wait_for_update` is not waited for.
class ConsentChoices {
public:
    // The arguments behind the word "default" or "update"; anything else is passed over. `order` tells which of two
    // words came later.
    void take(std::string_view command, const model::Value& words, unsigned order);

    enum class Kind { Default, RegionalDefault, Update };

    // What one word says of a purpose; `signal` says which word, for people.
    void take(std::size_t purpose, Kind kind, model::Grant grant, std::string_view signal, unsigned order);

    // What others say later takes the place of what is said here.
    void merge(const ConsentChoices& others);

    // Adds what holds now to an event's own consent. A refusal of either stays.
    void add_to(model::Consent& consent) const;

    // How the signal of a refusal ends that is for some regions alone.
    static constexpr std::string_view regional_sign = " for some regions";

private:
    struct Word {
        model::Grant grant = model::Grant::Unset;
        std::string signal;
        unsigned order = 0;
    };
    struct Choice {
        Word by_default;
        Word by_region;  // denied or nothing
        Word by_update;

        const Word& in_force() const noexcept;
    };

    std::array<Choice, purposes.size()> choices_;
};

}  // namespace pinrelay::decode
