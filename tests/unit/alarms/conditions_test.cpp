#include "alarms/conditions.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace pinrelay::alarms {
namespace {
using namespace std::chrono_literals;

constexpr Time today{std::chrono::sys_days(std::chrono::year(2026) / 12 / 1)};

Finding the(Kind kind, const std::vector<Finding>& findings) {
    const auto found = std::ranges::find(findings, kind, &Finding::kind);
    EXPECT_NE(found, findings.end()) << name_of(kind);
    return found == findings.end() ? Finding{} : *found;
}

Finding look(Kind kind, const Observation& seen, const Limits& limits = {}) {
    return the(kind, Conditions().look(seen, limits, today));
}

Observation of_account(AccountObservation account) {
    account.name = "pinterest:1";
    return {{std::move(account)}};
}

TEST(Conditions, AnAccountIsPausedForAReason) {
    AccountObservation account;
    account.paused = true;
    account.pause_reason = "401: the token is refused";

    const Finding found = look(Kind::Paused, of_account(account));

    EXPECT_EQ(found.holds, true);
    EXPECT_EQ(found.account, "pinterest:1");
    EXPECT_EQ(found.text, "Delivery is paused, events wait in the store: 401: the token is refused.");
    EXPECT_FALSE(found.advice.empty());
}

TEST(Conditions, NothingIsKnownOfAnAccountBeforeItsFirstAnswer) {
    EXPECT_EQ(look(Kind::Paused, of_account({})).holds, std::nullopt);
}

TEST(Conditions, LateIsLateAtTwoLooks) {
    AccountObservation account;
    account.oldest_pending = today - 16min;
    Conditions conditions;

    const auto first = the(Kind::Late, conditions.look(of_account(account), {}, today)).holds;
    const auto second = the(Kind::Late, conditions.look(of_account(account), {}, today + 1min)).holds;
    const auto after = the(Kind::Late, conditions.look(of_account({}), {}, today + 2min)).holds;

    EXPECT_EQ(first, std::nullopt);
    EXPECT_EQ(second, true);
    EXPECT_EQ(after, false);
}

TEST(Conditions, NothingIsLateBelowTheLimitOrWithoutOne) {
    AccountObservation account;
    account.oldest_pending = today - 15min;
    EXPECT_EQ(look(Kind::Late, of_account(account)).holds, false);

    account.oldest_pending = today - 24h;
    Limits never;
    never.late = 0ms;
    EXPECT_EQ(look(Kind::Late, of_account(account), never).holds, false);
}

TEST(Conditions, TheStoreIsFullOrCannotBeWritten) {
    Observation seen;
    EXPECT_EQ(look(Kind::StoreFull, seen).holds, false);
    EXPECT_EQ(look(Kind::StoreUnwritable, seen).holds, false);

    seen.store_full = true;
    seen.store_writable = false;
    EXPECT_EQ(look(Kind::StoreFull, seen).holds, true);
    EXPECT_EQ(look(Kind::StoreUnwritable, seen).holds, true);
}

TEST(Conditions, ACertificateExpires) {
    const struct {
        std::optional<std::chrono::hours> left;
        bool holds;
        const char* words;
    } rows[] = {
        {std::nullopt, false, "valid for long enough"},
        {14 * 24h, false, "valid for long enough"},
        {14 * 24h - 1h, true, "in 13 days."},
        {25h, true, "in 1 day."},
        {23h, true, "within a day."},
        {-1h, true, "has expired"},
    };
    for (const auto& row : rows) {
        Observation seen;
        if (row.left) seen.certificate_expires = today + *row.left;

        const Finding found = look(Kind::CertificateExpires, seen);

        EXPECT_EQ(found.holds, row.holds) << row.words;
        EXPECT_NE(found.text.find(row.words), std::string::npos) << found.text;
    }
}

TEST(Conditions, TheCertificateIsNotLookedAtWithoutALimit) {
    Observation seen;
    seen.certificate_expires = today - 1h;
    Limits never;
    never.certificate = 0ms;

    EXPECT_EQ(look(Kind::CertificateExpires, seen, never).holds, false);
}

}  // namespace
}  // namespace pinrelay::alarms
