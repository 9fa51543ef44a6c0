#include "deliver/dispatcher_life.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

namespace pinrelay::deliver {
namespace {

constexpr auto lives = {Life::Idle, Life::Running, Life::Draining, Life::Retiring, Life::Ending, Life::Over};
constexpr auto events = {LifeEvent::Start,       LifeEvent::Stop,      LifeEvent::Retire,
                         LifeEvent::StoreClosed, LifeEvent::GraceOver, LifeEvent::LoopEnded};

Life after_all(std::initializer_list<LifeEvent> several) {
    Life life = Life::Idle;
    for (const LifeEvent event : several) life = after(life, event);
    return life;
}

TEST(DispatcherLife, RunsFromTheStart) {
    const Life life = after_all({LifeEvent::Start});

    EXPECT_EQ(life, Life::Running);
    EXPECT_TRUE(may_lease(life));
    EXPECT_FALSE(is_leaving(life));
}

TEST(DispatcherLife, StillLeasesWhileItDrains) {
    const Life life = after_all({LifeEvent::Start, LifeEvent::Stop});

    EXPECT_EQ(life, Life::Draining);
    EXPECT_TRUE(may_lease(life));
    EXPECT_TRUE(is_leaving(life));
    EXPECT_FALSE(is_past_grace(life));
}

TEST(DispatcherLife, LeasesNothingOnceItRetires) {
    const Life life = after_all({LifeEvent::Start, LifeEvent::Retire});

    EXPECT_EQ(life, Life::Retiring);
    EXPECT_FALSE(may_lease(life));
    EXPECT_TRUE(is_leaving(life));
    EXPECT_FALSE(is_past_grace(life));
}

TEST(DispatcherLife, AStopDoesNotMakeARetiredOneLeaseAgain) {
    EXPECT_EQ(after_all({LifeEvent::Start, LifeEvent::Retire, LifeEvent::Stop}), Life::Retiring);
    EXPECT_EQ(after_all({LifeEvent::Start, LifeEvent::Stop, LifeEvent::Retire}), Life::Retiring);
}

TEST(DispatcherLife, EndsWithTheGraceWhetherItDrainsOrRetires) {
    EXPECT_EQ(after_all({LifeEvent::Start, LifeEvent::Stop, LifeEvent::GraceOver}), Life::Ending);
    EXPECT_EQ(after_all({LifeEvent::Start, LifeEvent::Retire, LifeEvent::Stop, LifeEvent::GraceOver}), Life::Ending);
    EXPECT_TRUE(is_past_grace(Life::Ending));
}

TEST(DispatcherLife, EndsByItselfWhenTheStoreIsClosed) {
    EXPECT_EQ(after_all({LifeEvent::Start, LifeEvent::StoreClosed}), Life::Ending);
    EXPECT_EQ(after_all({LifeEvent::Start, LifeEvent::StoreClosed, LifeEvent::Stop}), Life::Ending);
}

TEST(DispatcherLife, IsOverAtOnceWhenItNeverRan) {
    EXPECT_EQ(after_all({LifeEvent::Stop}), Life::Over);
    EXPECT_EQ(after_all({LifeEvent::Retire}), Life::Over);
}

TEST(DispatcherLife, IsOverWithItsLoopWheneverThatEnds) {
    for (const Life life : {Life::Running, Life::Draining, Life::Retiring, Life::Ending})
        EXPECT_EQ(after(life, LifeEvent::LoopEnded), Life::Over);
}

TEST(DispatcherLife, NeverGoesBack) {
    for (const Life life : lives)
        for (const LifeEvent event : events) EXPECT_GE(after(life, event), life);
}

TEST(DispatcherLife, NeverLeasesAgainOnceItMayNot) {
    for (const Life life : lives)
        for (const LifeEvent event : events)
            EXPECT_FALSE(life != Life::Idle && !may_lease(life) && may_lease(after(life, event)));
}

}  // namespace
}  // namespace pinrelay::deliver
