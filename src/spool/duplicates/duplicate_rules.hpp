#pragma once

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
    RecordId record = 0;  // of this event
    Print last{};         // of another one with the id, the last that was sent beside it; empty: there was none
    friend bool operator==(const KnownEvent&, const KnownEvent&) = default;
};

// Whether the newcomer is the other event with the id once more. Only a print of one that was sent is kept, so that
// nothing is lost.
template <class Print>
bool repeats_the_last(const KnownEvent<Print>& known, const Print& newcomer) {
    return known.last != Print{} && known.last == newcomer;
}

// What is known once the decision was carried out, with the newcomer in `record`.
template <class Print>
KnownEvent<Print> known_after(const Decision& decision, const KnownEvent<Print>& known, const Print& known_print,
                              const Said& newcomer, const Print& newcomer_print, RecordId record) {
    KnownEvent<Print> after = known;
    if (decision.action == Action::Fold) return after;
    if (!decision.remembered) {
        after.last = newcomer_print;
        return after;
    }
    after.said = newcomer;
    after.record = record;
    if (decision.action == Action::Store) after.last = known_print;
    if (decision.action == Action::Displace) after.last = {};  // the known one was not sent
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
