#include "duplicate_rules.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::spool {
namespace {

// The newcomer's sender is trusted more, as much as or less than that of the known event. Two strangers, of whom the
// better one has no more than a proof, differ a little: any program that loads a page has a proof, so it removes
// nothing.
enum Trusted : unsigned {
    MoreTrusted = 1,
    LittleMore = 2,
    AsKnown = 4,
    AsStranger = 8,
    LittleLess = 16,
    LessTrusted = 32,
    AsTrusted = AsKnown | AsStranger
};

// The subjects are known and equal, known and different, or not both known.
enum Subjects : unsigned {
    SameSubject = 1,
    OtherSubject = 2,
    NewSubject = 4,
    LostSubject = 8,
    NoSubject = 16,
    AnySubject = 31
};

// The newcomer says the same, a part of what the known event says, all of it and more, other identifiers at the same
// value, or another value.
enum Content : unsigned {
    SameContent = 1,
    LessContent = 2,
    MoreContent = 4,
    OtherContent = 8,
    OtherValue = 16,
    AnyContent = 31
};

enum Where : unsigned { OfWaiting = 1, OfLeased = 2, OfGone = 4, OfPending = 3, Anywhere = 7 };

// Whether the destination deduplicates both events: an offline one it does not.
enum Kind : unsigned {
    WebEvents = 1,
    OfflineAfterWeb = 2,
    WebAfterOffline = 4,
    BothOffline = 8,
    OfflineEvents = OfflineAfterWeb | WebAfterOffline | BothOffline,
    AnyKind = 15
};

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
    Rule{MoreTrusted | LittleMore, SameSubject, SameContent | MoreContent, OfWaiting, AnyKind, Action::TakePlace, true},
    Rule{MoreTrusted, AnySubject, AnyContent, OfWaiting, AnyKind, Action::Displace, true},
    Rule{MoreTrusted | LittleMore, AnySubject, AnyContent, Anywhere, AnyKind, Action::Store, true},

    Rule{LessTrusted, AnySubject, AnyContent, OfPending, AnyKind, Action::Fold, false},
    Rule{LessTrusted | LittleLess, OtherSubject, AnyContent, Anywhere, AnyKind, Action::Store, false},
    Rule{LittleLess, AnySubject, OtherValue, Anywhere, WebAfterOffline, Action::Store, false},
    Rule{LessTrusted | LittleLess, AnySubject, AnyContent, Anywhere, OfflineEvents, Action::Fold, false},
    Rule{LessTrusted | LittleLess, SameSubject | LostSubject | NoSubject, SameContent | LessContent, Anywhere,
         WebEvents, Action::Fold, false},
    Rule{LessTrusted | LittleLess, AnySubject, AnyContent, Anywhere, WebEvents, Action::Store, false},

    Rule{AsTrusted, OtherSubject, AnyContent, Anywhere, AnyKind, Action::Store, false},
    Rule{AsTrusted, SameSubject | NoSubject, SameContent | LessContent, Anywhere, AnyKind, Action::Fold, false},
    Rule{AsTrusted, SameSubject, MoreContent, OfWaiting, AnyKind, Action::TakePlace, true},
    Rule{AsStranger, AnySubject, OtherValue, Anywhere, WebAfterOffline, Action::Store, false},
    Rule{AsStranger, AnySubject, OtherValue, Anywhere, OfflineEvents, Action::Fold, false},
    Rule{AsStranger, AnySubject, LessContent | OtherContent, Anywhere, OfflineAfterWeb, Action::Fold, false},
    Rule{AsTrusted, SameSubject, AnyContent, OfWaiting, OfflineEvents, Action::TakePlace, true},
    Rule{AsTrusted, NewSubject | NoSubject, SameContent | MoreContent, OfWaiting, OfflineEvents, Action::TakePlace,
         true},
    Rule{AsTrusted, AnySubject, AnyContent, Anywhere, OfflineEvents, Action::Fold, false},
    Rule{AsTrusted, SameSubject | NewSubject | NoSubject, SameContent | MoreContent, Anywhere, WebEvents, Action::Store,
         true},
    Rule{AsTrusted, AnySubject, AnyContent, Anywhere, WebEvents, Action::Store, false},
};

Trusted trust_of(model::Trust newcomer, model::Trust known) {
    if (newcomer == known) return newcomer < model::Trust::Network ? AsStranger : AsKnown;
    if (newcomer > known) return outranks(newcomer, known) ? MoreTrusted : LittleMore;
    return outranks(known, newcomer) ? LessTrusted : LittleLess;
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
    if (lacks_none && (same_value || known.value == 0)) return MoreContent;
    return same_value ? OtherContent : OtherValue;
}

Kind kind_of_deduplication(bool newcomer_deduplicated, bool known_deduplicated) {
    if (newcomer_deduplicated) return known_deduplicated ? WebEvents : WebAfterOffline;
    return known_deduplicated ? OfflineAfterWeb : BothOffline;
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

bool outranks(model::Trust one, model::Trust other) noexcept { return one > other && one >= model::Trust::Network; }

Decision decide(const Said& newcomer, const Said& known, Place place) {
    const Trusted trust = trust_of(newcomer.trust, known.trust);
    const Subjects subjects = subjects_of(newcomer, known);
    const Content content = content_of(newcomer.essence, known.essence);
    const Where where = where_of(place);
    const Kind kind = kind_of_deduplication(newcomer.deduplicated, known.deduplicated);
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

bool may_fare_better(std::string_view reason, const Record& copy, const Record& record, Time too_old_before) noexcept {
    if (reason == reasons::refused.label || reason == reasons::request_refused.label) return true;
    if (reason == reasons::server_error.label) return copy.deduplicated && record.deduplicated;
    const bool aged = reason == reasons::too_old.label || reason == reasons::late.label;
    return aged && copy.event_time > record.event_time && copy.event_time >= too_old_before;
}

}  // namespace pinrelay::spool
