#include "duplicate_rules.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::spool {
namespace {

// The newcomer's sender is trusted more, as much as or less than that of the known event.
enum Trusted : unsigned { MoreTrusted = 1, AsTrusted = 2, LessTrusted = 4, AnyTrust = 7 };

// The subjects are known and equal, known and different, or not both known.
enum Subjects : unsigned {
    SameSubject = 1,
    OtherSubject = 2,
    NewSubject = 4,
    LostSubject = 8,
    NoSubject = 16,
    AnySubject = 31
};

// The newcomer says the same, a part of what the known event says, all of it and more, or neither.
enum Content : unsigned { SameContent = 1, LessContent = 2, MoreContent = 4, OtherContent = 8, AnyContent = 15 };

enum Where : unsigned { OfWaiting = 1, OfLeased = 2, OfGone = 4, OfPending = 3, Anywhere = 7 };

// Whether the destination folds both events; an offline one it does not.
enum Kind : unsigned { WebEvents = 1, OfflineEvents = 2, AnyKind = 3 };

struct Rule {
    unsigned trust;
    unsigned subjects;
    unsigned content;
    unsigned where;
    unsigned kind;
    Action action;
    bool remembered;
};

// The first that fits counts.
constexpr std::array rules = {
    Rule{MoreTrusted, SameSubject, SameContent | MoreContent, OfWaiting, AnyKind, Action::TakePlace, true},
    Rule{MoreTrusted, AnySubject, AnyContent, OfWaiting, AnyKind, Action::Displace, true},
    Rule{MoreTrusted, AnySubject, AnyContent, Anywhere, AnyKind, Action::Store, true},

    Rule{LessTrusted, AnySubject, AnyContent, OfPending, AnyKind, Action::Fold, false},
    Rule{LessTrusted, OtherSubject, AnyContent, OfGone, AnyKind, Action::Store, false},
    Rule{LessTrusted, AnySubject, AnyContent, OfGone, OfflineEvents, Action::Fold, false},
    Rule{LessTrusted, SameSubject | LostSubject | NoSubject, SameContent | LessContent, OfGone, WebEvents, Action::Fold,
         false},
    Rule{LessTrusted, AnySubject, AnyContent, OfGone, WebEvents, Action::Store, false},

    Rule{AsTrusted, OtherSubject, AnyContent, Anywhere, AnyKind, Action::Store, false},
    Rule{AsTrusted, SameSubject | NoSubject, SameContent | LessContent, Anywhere, AnyKind, Action::Fold, false},
    Rule{AsTrusted, SameSubject, MoreContent, OfWaiting, AnyKind, Action::TakePlace, true},
    Rule{AsTrusted, SameSubject, AnyContent, OfWaiting, OfflineEvents, Action::TakePlace, true},
    Rule{AsTrusted, NewSubject | NoSubject, SameContent | MoreContent, OfWaiting, OfflineEvents, Action::TakePlace,
         true},
    Rule{AsTrusted, AnySubject, AnyContent, Anywhere, OfflineEvents, Action::Fold, false},
    Rule{AsTrusted, SameSubject | NewSubject | NoSubject, SameContent | MoreContent, Anywhere, WebEvents, Action::Store,
         true},
    Rule{AsTrusted, AnySubject, AnyContent, Anywhere, WebEvents, Action::Store, false},
};

Trusted trust_of(const Said& newcomer, const Said& known) {
    if (newcomer.trust == known.trust) return AsTrusted;
    return newcomer.trust > known.trust ? MoreTrusted : LessTrusted;
}

Subjects subjects_of(const Said& newcomer, const Said& known) {
    if (newcomer.subject == 0) return known.subject == 0 ? NoSubject : LostSubject;
    if (known.subject == 0) return NewSubject;
    return newcomer.subject == known.subject ? SameSubject : OtherSubject;
}

// A value says more than none. One that is missing where the known event has one counts as another value: the sender of
// the two has changed his mind.
Content content_of(const model::Essence& newcomer, const model::Essence& known) {
    const bool adds_none = has_no_more_identifiers(newcomer, known);
    const bool lacks_none = has_no_more_identifiers(known, newcomer);
    const bool same_value = newcomer.value == known.value;
    if (same_value && adds_none) return lacks_none ? SameContent : LessContent;
    return lacks_none && (same_value || known.value == 0) ? MoreContent : OtherContent;
}

Where where_of(Place place) {
    if (place == Place::Waits) return OfWaiting;
    return place == Place::Leased ? OfLeased : OfGone;
}

// Two events that contradict each other, or of which one may be forged: another value, or another class of trust
// together with another subject or content.
bool is_conflict(const Said& newcomer, const Said& known, Subjects subjects, Content content) {
    if (newcomer.essence.value != known.essence.value) return true;
    if (newcomer.trust == known.trust || subjects == SameSubject) return false;
    return subjects == OtherSubject || content != SameContent;
}

int identifiers_of(const Said& said) {
    return static_cast<int>(std::ranges::count_if(said.essence.identifiers, [](auto digest) { return digest != 0; }));
}

}  // namespace

Decision decide(const Said& newcomer, const Said& known, Place place) {
    const Trusted trust = trust_of(newcomer, known);
    const Subjects subjects = subjects_of(newcomer, known);
    const Content content = content_of(newcomer.essence, known.essence);
    const Where where = where_of(place);
    const Kind kind = newcomer.deduplicated && known.deduplicated ? WebEvents : OfflineEvents;
    const auto* rule = std::ranges::find_if(rules, [&](const Rule& each) {
        return (each.trust & trust) != 0 && (each.subjects & subjects) != 0 && (each.content & content) != 0 &&
               (each.where & where) != 0 && (each.kind & kind) != 0;
    });
    if (rule == rules.end()) return {};  // never: the last rules of each trust take everything
    Decision decision{rule->action, rule->remembered};
    decision.reused = subjects == OtherSubject && !decision.folds();
    decision.conflict = is_conflict(newcomer, known, subjects, content);
    return decision;
}

bool is_better_copy(const Said& one, const Said& other) noexcept {
    return std::tuple(one.trust, identifiers_of(one)) > std::tuple(other.trust, identifiers_of(other));
}

bool may_fare_better(std::string_view reason, Time copy, Time record, Time too_old_before) noexcept {
    constexpr std::array judged = {reasons::refused.label, reasons::request_refused.label, reasons::server_error.label};
    if (std::ranges::find(judged, reason) != judged.end()) return true;
    const bool aged = reason == reasons::too_old.label || reason == reasons::late.label;
    return aged && copy > record && copy >= too_old_before;
}

}  // namespace pinrelay::spool
