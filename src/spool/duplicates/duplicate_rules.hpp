#pragma once

#include <optional>

#include "pinrelay/spool/spool.hpp"
#include "said.hpp"

// What becomes of an event whose destination, name and id are known: docs/decisions/0006-trust-and-content.md has the
// table and its reasons. Pure.
namespace pinrelay::spool {

// Where the record of the known event is.
enum class Place {
    Waits,   // pending, and nobody has leased it
    Leased,  // pending; it is on its way to the destination, or a former process began to send it
    Gone,    // not in the store any more
};

enum class Action {
    Store,      // as a record of its own, which is sent with the same id
    Fold,       // not at all; it is a copy
    TakePlace,  // in the row of the known record, which says nothing that the newcomer does not say
    Displace,   // as a record of its own; the known one becomes a dead letter
};

struct Decision {
    Action action = Action::Store;
    bool remembered = false;  // the newcomer is the known event from now on
    bool reused = false;      // see Counts::reused
    bool conflict = false;    // see Counts::conflicts
    friend bool operator==(const Decision&, const Decision&) = default;

    bool folds() const noexcept { return action == Action::Fold || action == Action::TakePlace; }
};

// Whether an event of the one sender may remove one of the other: the one is a known sender, and trusted more.
bool outranks(model::Trust one, model::Trust other) noexcept;

Decision decide(const Said& newcomer, const Said& known, Place place);

// What is known under an id. `Print` stands for a Said: it tells whether another one is equal.
template <class Print>
struct KnownEvent {
    Said said;
    RecordId record = 0;  // of this event; 0: it became a dead letter, and only the other one is known
    Print other{};        // of the first other event with the id that was stored beside it; empty: there was none
    friend bool operator==(const KnownEvent&, const KnownEvent&) = default;
};

// A print of an event that was stored beside the known one and the first other one. It is remembered under a key of its
// own, in the pool of its trust. So whoever sends many versions of an event makes the guard forget no event of others.
template <class Print>
struct Version {
    Print print{};
    model::Trust trust = model::Trust::Anonymous;
    friend bool operator==(const Version&, const Version&) = default;
};

template <class Print>
struct KnownAfter {
    KnownEvent<Print> known;
    std::optional<Version<Print>> version;  // that is to be remembered, too
    friend bool operator==(const KnownAfter&, const KnownAfter&) = default;
};

// `known` with one more event that was stored with the id.
template <class Print>
KnownAfter<Print> with_other(const KnownEvent<Print>& known, const Version<Print>& other) {
    KnownAfter<Print> after{known, std::nullopt};
    if (known.other == Print{}) {
        after.known.other = other.print;
    } else {
        after.version = other;
    }
    return after;
}

// What is known once the decision was carried out, with the newcomer in `record`.
template <class Print>
KnownAfter<Print> known_after(const Decision& decision, const KnownEvent<Print>& known, const Print& known_print,
                              const Said& newcomer, const Print& newcomer_print, RecordId record) {
    if (decision.action == Action::Fold) return {known, std::nullopt};
    KnownAfter<Print> after{known, std::nullopt};
    if (decision.action == Action::Store)
        after = with_other(known, decision.remembered ? Version<Print>{known_print, known.said.trust}
                                                      : Version<Print>{newcomer_print, newcomer.trust});
    if (!decision.remembered) return after;
    after.known.said = newcomer;
    after.known.record = record;
    return after;
}

// Copies: of all that were folded into a pending record the best is kept, and sent if the record is not.

// Whether `one` is the better copy. Where neither is, the first stays.
bool is_better_copy(const Said& one, const Said& other) noexcept;

// Whether a copy may fare better than the record that became a dead letter. One that was too old for the destination
// does so only by being newer. One at which the destination failed may have arrived, so that its copy is only sent
// where the destination folds the two.
bool may_fare_better(std::string_view reason, const Record& copy, const Record& record, Time too_old_before) noexcept;

}  // namespace pinrelay::spool
