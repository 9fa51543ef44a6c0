#include "spool/duplicates/duplicate_rules.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "fixtures/spool_records.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"

// The rows of docs/decisions/0006-trust-and-content.md.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using model::Trust;
using test::noon;

constexpr std::uint16_t email = 11;
constexpr std::uint16_t phone = 12;

Said browser_said() {
    return {.subject = 7, .trust = Trust::Browser, .essence = {.value = 79, .identifiers = {email}}};
}

// What the known event says, with a change.
template <class Change>
Said but(Change change) {
    Said said = browser_said();
    change(said);
    return said;
}

constexpr auto more_identifiers = [](Said& said) { said.essence.identifiers[1] = phone; };
constexpr auto fewer_identifiers = [](Said& said) { said.essence.identifiers = {}; };
constexpr auto another_email = [](Said& said) { said.essence.identifiers[0] = email + 1; };
constexpr auto another_value = [](Said& said) { said.essence.value = 1; };
constexpr auto no_value = [](Said& said) { said.essence.value = 0; };
constexpr auto another_subject = [](Said& said) { said.subject = 8; };
constexpr auto no_subject = [](Said& said) { said.subject = 0; };
constexpr auto is_offline = [](Said& said) { said.deduplicated = false; };
constexpr auto is_signed = [](Said& said) { said.trust = Trust::Signed; };
constexpr auto is_anonymous = [](Said& said) { said.trust = Trust::Anonymous; };

template <class... Changes>
auto all(Changes... changes) {
    return [=](Said& said) { (changes(said), ...); };
}

constexpr std::array places = {Place::Waits, Place::Leased, Place::Gone};
constexpr std::array pending = {Place::Waits, Place::Leased};
constexpr std::array sent = {Place::Leased, Place::Gone};

// Alike trusted.

TEST(DuplicateRules, FoldWhatAddsNothing) {
    for (const Place place : places) {
        EXPECT_EQ(decide(browser_said(), browser_said(), place), (Decision{.action = Action::Fold}));
        EXPECT_EQ(decide(but(fewer_identifiers), browser_said(), place).action, Action::Fold);
        EXPECT_EQ(decide(but(no_subject), but(no_subject), place).action, Action::Fold);
        EXPECT_EQ(decide(but(all(no_subject, fewer_identifiers)), but(no_subject), place).action, Action::Fold);
    }
}

TEST(DuplicateRules, FoldTheSameEventOnceMoreWhateverItIs) {
    for (const Trust trust : {Trust::Anonymous, Trust::Browser, Trust::Network, Trust::Key, Trust::Signed})
        for (const auto subject : {0U, 7U})
            for (const auto value : {0U, 79U})
                for (const bool deduplicated : {false, true})
                    for (const Place place : places) {
                        const Said said{subject, trust, {.value = value, .identifiers = {email}}, deduplicated};
                        EXPECT_EQ(decide(said, said, place), (Decision{.action = Action::Fold}));
                    }
}

TEST(DuplicateRules, LetMoreIdentifiersTakeThePlaceOfFewerWhileTheyWait) {
    const Decision takes_place{.action = Action::TakePlace, .remembered = true};
    const Decision stored{.action = Action::Store, .remembered = true};

    EXPECT_EQ(decide(but(more_identifiers), browser_said(), Place::Waits), takes_place);
    for (const Place place : sent) EXPECT_EQ(decide(but(more_identifiers), browser_said(), place), stored);
}

TEST(DuplicateRules, LetAValueTakeThePlaceOfNone) {
    const Decision decision = decide(browser_said(), but(no_value), Place::Waits);

    EXPECT_EQ(decision, (Decision{.action = Action::TakePlace, .remembered = true, .conflict = true}));
}

TEST(DuplicateRules, SendOtherIdentifiersWithTheSameId) {
    for (const Place place : places)
        EXPECT_EQ(decide(but(another_email), browser_said(), place), (Decision{.action = Action::Store}));
}

TEST(DuplicateRules, SendAnotherValueAndCountAConflict) {
    for (const Place place : places) {
        const Decision conflict{.action = Action::Store, .conflict = true};
        EXPECT_EQ(decide(but(another_value), browser_said(), place), conflict);
        EXPECT_EQ(decide(but(no_value), browser_said(), place), conflict);
        EXPECT_EQ(decide(but(all(another_value, more_identifiers)), browser_said(), place), conflict);
    }
}

TEST(DuplicateRules, SendAnotherSubjectAsAReusedId) {
    for (const Place place : places) {
        EXPECT_EQ(decide(but(another_subject), browser_said(), place),
                  (Decision{.action = Action::Store, .reused = true}));
        EXPECT_EQ(decide(but(all(another_subject, is_offline)), browser_said(), place),
                  (Decision{.action = Action::Store, .reused = true}));
        EXPECT_TRUE(decide(but(all(another_subject, another_value)), browser_said(), place).conflict);
    }
}

TEST(DuplicateRules, NeverFoldBetweenAKnownAndAnUnknownSubject) {
    for (const Place place : places) {
        EXPECT_EQ(decide(browser_said(), but(no_subject), place),
                  (Decision{.action = Action::Store, .remembered = true}))
            << "it says more";
        EXPECT_EQ(decide(but(another_email), but(no_subject), place), (Decision{.action = Action::Store}));
        EXPECT_EQ(decide(but(no_subject), browser_said(), place), (Decision{.action = Action::Store}));
        EXPECT_EQ(decide(but(all(no_subject, another_value)), but(no_subject), place),
                  (Decision{.action = Action::Store, .conflict = true}));
    }
}

TEST(DuplicateRules, NeverSendAnOfflineEventTwice) {
    const Said known = but(is_offline);
    const Decision folded{.action = Action::Fold};
    const Decision takes_place{.action = Action::TakePlace, .remembered = true};

    EXPECT_EQ(decide(but(all(is_offline, more_identifiers)), known, Place::Waits), takes_place);
    EXPECT_EQ(decide(but(all(is_offline, another_email)), known, Place::Waits), takes_place);
    EXPECT_EQ(decide(but(more_identifiers), known, Place::Waits), takes_place) << "one of them suffices";
    EXPECT_EQ(decide(known, but(all(is_offline, no_subject)), Place::Waits), takes_place);
    EXPECT_EQ(decide(but(all(is_offline, no_subject)), known, Place::Waits), folded);
    EXPECT_EQ(decide(but(all(is_offline, another_email)), but(all(is_offline, no_subject)), Place::Waits), folded);
    for (const Place place : sent) {
        EXPECT_EQ(decide(but(all(is_offline, more_identifiers)), known, place), folded);
        EXPECT_EQ(decide(but(all(is_offline, another_value)), known, place).action, Action::Fold);
        EXPECT_TRUE(decide(but(all(is_offline, another_value)), known, place).conflict);
        EXPECT_EQ(decide(known, but(all(is_offline, no_subject)), place), folded);
    }
}

// A stranger's offline event, which is no more than a word in its body.

TEST(DuplicateRules, LetAnOfflineEventOfAStrangerKeepOutNoWebEventOfAnotherValue) {
    for (const auto trust : {Trust::Anonymous, Trust::Browser}) {
        const auto is_strangers = [trust](Said& said) { said.trust = trust; };
        for (const Place place : places) {
            for (const auto& forged : {but(all(is_strangers, is_offline, another_value, another_email)),
                                       but(all(is_strangers, is_offline, another_value, another_email, no_subject)),
                                       but(all(is_strangers, is_offline, no_value, another_email))}) {
                EXPECT_EQ(decide(but(is_anonymous), forged, place).action, Action::Store);
                EXPECT_EQ(decide(but(all(is_anonymous, more_identifiers)), forged, place).action, Action::Store);
            }
            EXPECT_EQ(
                decide(but(is_anonymous), but(all(is_strangers, is_offline, fewer_identifiers, another_value)), place)
                    .action,
                Action::Store);
        }
        EXPECT_EQ(decide(but(is_anonymous), but(all(is_strangers, is_offline, another_email)), Place::Gone).action,
                  Action::Fold)
            << "two senders of one order, of whom one calls it offline";
    }
}

TEST(DuplicateRules, LetAnOfflineEventOfAStrangerTakeNoPlaceOfAWebEvent) {
    const Said waits = but(is_anonymous);
    const auto forged = all(is_anonymous, is_offline);

    EXPECT_EQ(decide(but(all(forged, another_value, another_email)), waits, Place::Waits).action, Action::Fold);
    EXPECT_EQ(decide(but(all(forged, another_email)), waits, Place::Waits).action, Action::Fold);
    EXPECT_EQ(decide(but(all(forged, another_value)), but(all(is_anonymous, is_offline)), Place::Waits).action,
              Action::Fold);
    EXPECT_EQ(decide(but(all(forged, more_identifiers)), waits, Place::Waits).action, Action::TakePlace)
        << "nothing is lost";
}

// Trusted more.

TEST(DuplicateRules, NeverFoldAMoreTrustedEvent) {
    for (const auto& newcomer :
         {but(is_signed), but(all(is_signed, fewer_identifiers)), but(all(is_signed, is_offline)),
          but(all(is_signed, no_subject)), but(all(is_signed, another_subject))}) {
        EXPECT_NE(decide(newcomer, browser_said(), Place::Waits).action, Action::Fold);
        for (const Place place : sent) {
            EXPECT_EQ(decide(newcomer, browser_said(), place).action, Action::Store);
            EXPECT_TRUE(decide(newcomer, browser_said(), place).remembered);
        }
    }
}

TEST(DuplicateRules, DisplaceALessTrustedEventThatWaits) {
    const Decision displaces{.action = Action::Displace, .remembered = true};

    EXPECT_EQ(decide(but(all(is_signed, fewer_identifiers)), browser_said(), Place::Waits), displaces);
    EXPECT_EQ(decide(but(all(is_signed, another_email)), browser_said(), Place::Waits), displaces);
    EXPECT_EQ(decide(but(all(is_signed, another_value)), browser_said(), Place::Waits),
              (Decision{.action = Action::Displace, .remembered = true, .conflict = true}));
    EXPECT_EQ(decide(but(all(is_signed, another_subject)), browser_said(), Place::Waits),
              (Decision{.action = Action::Displace, .remembered = true, .reused = true, .conflict = true}));
    EXPECT_EQ(decide(but(is_signed), but(no_subject), Place::Waits), displaces) << "not the same subject for certain";
}

TEST(DuplicateRules, LetAMoreTrustedEventTakeThePlaceOfOneThatSaysNothingElse) {
    for (const auto& newcomer : {but(is_signed), but(all(is_signed, more_identifiers))})
        EXPECT_EQ(decide(newcomer, browser_said(), Place::Waits),
                  (Decision{.action = Action::TakePlace, .remembered = true}));
}

// Trusted less.

TEST(DuplicateRules, LetNoLessTrustedEventOvertakeAKnownSendersThatIsPending) {
    const Said known = but(is_signed);

    for (const auto stranger : {Trust::Browser, Trust::Anonymous}) {
        const auto is_strangers = [stranger](Said& said) { said.trust = stranger; };
        for (const Place place : pending) {
            EXPECT_EQ(decide(but(all(is_strangers, more_identifiers)), known, place).action, Action::Fold);
            EXPECT_EQ(decide(but(all(is_strangers, is_offline, another_email)), known, place).action, Action::Fold);
            EXPECT_EQ(decide(but(all(is_strangers, another_subject)), known, place),
                      (Decision{.action = Action::Fold, .conflict = true}));
        }
    }
}

// A proof, which any program gets that loads a page.

TEST(DuplicateRules, LetAProofRemoveNothingThatWaits) {
    const Said anonymous = but(is_anonymous);

    for (const auto& newcomer : {but(fewer_identifiers), but(another_email), but(another_value), but(another_subject),
                                 but(no_subject), but(all(another_subject, another_value, is_offline))}) {
        const Decision decision = decide(newcomer, anonymous, Place::Waits);
        EXPECT_EQ(decision.action, Action::Store);
        EXPECT_TRUE(decision.remembered);
    }
    EXPECT_EQ(decide(browser_said(), anonymous, Place::Waits),
              (Decision{.action = Action::TakePlace, .remembered = true}))
        << "nothing is lost";
}

TEST(DuplicateRules, SendAnAnonymousEventThatAddsSomethingToOneWithAProofThatIsPending) {
    for (const Place place : pending) {
        for (const auto& newcomer : {but(all(is_anonymous, more_identifiers)), but(all(is_anonymous, another_email)),
                                     but(all(is_anonymous, another_value)), but(all(is_anonymous, another_subject)),
                                     but(all(is_anonymous, another_subject, is_offline))}) {
            EXPECT_EQ(decide(newcomer, browser_said(), place).action, Action::Store);
            EXPECT_FALSE(decide(newcomer, browser_said(), place).remembered);
        }
        EXPECT_EQ(decide(but(is_anonymous), browser_said(), place), (Decision{.action = Action::Fold}));
        EXPECT_EQ(decide(but(all(is_anonymous, is_offline, another_email)), browser_said(), place).action,
                  Action::Fold);
    }
}

TEST(DuplicateRules, LetOnlyKnownSendersOutrankOthers) {
    EXPECT_TRUE(outranks(Trust::Network, Trust::Browser));
    EXPECT_TRUE(outranks(Trust::Signed, Trust::Network));
    EXPECT_FALSE(outranks(Trust::Browser, Trust::Anonymous));
    EXPECT_FALSE(outranks(Trust::Key, Trust::Key));
    EXPECT_FALSE(outranks(Trust::Key, Trust::Signed));
}

TEST(DuplicateRules, SendALessTrustedEventThatAddsSomethingOnceTheOtherIsGone) {
    const Decision folded{.action = Action::Fold};

    EXPECT_EQ(decide(but(is_anonymous), browser_said(), Place::Gone), folded);
    EXPECT_EQ(decide(but(all(is_anonymous, fewer_identifiers)), browser_said(), Place::Gone), folded);
    EXPECT_EQ(decide(but(all(is_anonymous, no_subject)), browser_said(), Place::Gone), folded);
    EXPECT_EQ(decide(but(all(is_anonymous, no_subject)), but(no_subject), Place::Gone), folded);
    EXPECT_EQ(decide(but(all(is_anonymous, more_identifiers)), browser_said(), Place::Gone),
              (Decision{.action = Action::Store}));
    EXPECT_EQ(decide(but(is_anonymous), but(no_subject), Place::Gone).action, Action::Store);
    EXPECT_EQ(decide(but(all(is_anonymous, another_value)), browser_said(), Place::Gone),
              (Decision{.action = Action::Store, .conflict = true}));
    EXPECT_EQ(decide(but(all(is_anonymous, another_subject)), browser_said(), Place::Gone),
              (Decision{.action = Action::Store, .reused = true, .conflict = true}));
}

TEST(DuplicateRules, FoldALessTrustedOfflineEventUnlessItIsAnotherOne) {
    const Said known = but(is_offline);

    EXPECT_EQ(decide(but(all(is_anonymous, is_offline, more_identifiers)), known, Place::Gone).action, Action::Fold);
    EXPECT_EQ(decide(but(all(is_anonymous, is_offline, no_subject, another_email)), known, Place::Gone).action,
              Action::Fold);
    EXPECT_EQ(decide(but(all(is_anonymous, is_offline, another_subject)), known, Place::Gone).action, Action::Store);
}

TEST(DuplicateRules, CountNoConflictWhereTwoSendersOfOneEventAgree) {
    EXPECT_FALSE(decide(but(all(is_signed, more_identifiers)), browser_said(), Place::Gone).conflict);
    EXPECT_FALSE(decide(but(all(is_anonymous, fewer_identifiers)), browser_said(), Place::Waits).conflict);
    EXPECT_FALSE(decide(but(all(is_signed, no_subject)), but(no_subject), Place::Gone).conflict);
    EXPECT_TRUE(decide(but(all(is_signed, no_subject, another_email)), browser_said(), Place::Gone).conflict);
}

// What is remembered.

using Print = std::optional<Said>;
using Entry = KnownEvent<Print>;
using After = KnownAfter<Print>;

After after(const Said& newcomer, const Entry& known, Place place) {
    const Decision decision = decide(newcomer, known.said, place);
    return known_after(decision, known, std::optional(known.said), newcomer, std::optional(newcomer), 2);
}

TEST(WhatIsKnown, StaysWhereTheNewcomerIsFolded) {
    const Entry known{browser_said(), 1, but(another_value)};

    EXPECT_EQ(after(but(fewer_identifiers), known, Place::Waits), (After{known, std::nullopt}));
}

TEST(WhatIsKnown, IsTheBetterOneAndThatAnotherWasStored) {
    const Entry known{but(no_subject), 1, std::nullopt};

    EXPECT_EQ(after(browser_said(), known, Place::Gone), (After{{browser_said(), 2, but(no_subject)}, std::nullopt}));
    EXPECT_EQ(after(but(is_signed), known, Place::Gone), (After{{but(is_signed), 2, but(no_subject)}, std::nullopt}));
}

TEST(WhatIsKnown, IsTheFirstWhereNeitherIsBetter) {
    const Entry known{browser_said(), 1, std::nullopt};

    EXPECT_EQ(after(but(another_value), known, Place::Gone).known, (Entry{browser_said(), 1, but(another_value)}));
    EXPECT_EQ(after(but(another_subject), known, Place::Gone).known, (Entry{browser_said(), 1, but(another_subject)}));
}

TEST(WhatIsKnown, HasEachFurtherVersionInItsOwnClassOfTrust) {
    const Entry known{browser_said(), 1, but(another_value)};
    const Said third = but(all(another_subject, is_anonymous));
    const Said better = but(is_signed);

    EXPECT_EQ(after(third, known, Place::Gone), (After{known, Version<Print>{third, Trust::Anonymous}}));
    EXPECT_EQ(after(better, known, Place::Gone),
              (After{{better, 2, known.other}, Version<Print>{browser_said(), Trust::Browser}}));
}

TEST(WhatIsKnown, KeepsWhatWasStoredBesideOneThatIsReplaced) {
    const Entry known{browser_said(), 1, but(another_email)};
    const Said displacing = but(all(is_signed, another_value));

    EXPECT_EQ(after(displacing, known, Place::Waits), (After{{displacing, 2, but(another_email)}, std::nullopt}));
    EXPECT_EQ(after(but(more_identifiers), known, Place::Waits),
              (After{{but(more_identifiers), 2, but(another_email)}, std::nullopt}));
}

// Copies.

TEST(Copies, OfMoreTrustAndThenOfMoreIdentifiersAreBetter) {
    EXPECT_TRUE(is_better_copy(but(all(is_signed, fewer_identifiers)), browser_said()));
    EXPECT_TRUE(is_better_copy(but(more_identifiers), browser_said()));
    EXPECT_FALSE(is_better_copy(but(another_value), browser_said())) << "the first stays";
    EXPECT_FALSE(is_better_copy(but(all(is_anonymous, more_identifiers)), browser_said()));
}

Record dated(Time time, bool deduplicated = true) {
    Record record;
    record.event_time = time;
    record.deduplicated = deduplicated;
    return record;
}

TEST(Copies, AreSentWhereTheyMayFareBetter) {
    const auto fares_better = [](const DeadLetterReason& reason, Time copy, Time record, Time too_old_before = {}) {
        return may_fare_better(reason.label, dated(copy), dated(record), too_old_before);
    };
    for (const auto& reason : {reasons::refused, reasons::request_refused, reasons::server_error})
        EXPECT_TRUE(fares_better(reason, noon, noon)) << reason.label;
    for (const auto& reason : {reasons::ambiguous_offline, reasons::displaced, reasons::lost, reasons::maybe_delivered})
        EXPECT_FALSE(fares_better(reason, noon, noon - 1h)) << reason.label;
    for (const auto& reason : {reasons::too_old, reasons::late}) {
        EXPECT_FALSE(fares_better(reason, noon, noon)) << reason.label;
        EXPECT_TRUE(fares_better(reason, noon + 1s, noon)) << reason.label;
        EXPECT_TRUE(fares_better(reason, noon + 1s, noon, noon + 1s)) << reason.label;
        EXPECT_FALSE(fares_better(reason, noon + 1s, noon, noon + 2s)) << reason.label;
    }
}

// A record that the destination refuses has not arrived; one at which it fails may have.
TEST(Copies, OfWhatMayHaveArrivedAreNotSentWhereTheDestinationCountsBoth) {
    const Record web = dated(noon);
    const Record offline = dated(noon, false);
    for (const auto& [copy, record] : {std::pair(offline, web), std::pair(web, offline), std::pair(offline, offline)}) {
        EXPECT_TRUE(may_fare_better(reasons::refused.label, copy, record, {}));
        EXPECT_FALSE(may_fare_better(reasons::server_error.label, copy, record, {}));
    }
}

}  // namespace
}  // namespace pinrelay::spool
