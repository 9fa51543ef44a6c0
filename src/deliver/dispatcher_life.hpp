#pragma once

namespace pinrelay::deliver {

// The life of a dispatcher. It only goes forward:
//
//   Idle      not started
//   Running   leases and sends what is due
//   Draining  asked to stop: sends what is due, without lingering
//   Retiring  another dispatcher takes the account: begins nothing, lets the batches in flight end by themselves
//   Ending    the grace is over or the store is closed: begins nothing, and no failure is waited for any more
//   Over      the loop has ended, or is not waited for any more; whoever asked for the end has been told
enum class Life { Idle, Running, Draining, Retiring, Ending, Over };

enum class LifeEvent {
    Start,
    Stop,         // the caller asks for the end
    Retire,       // the caller asks for the end, and another dispatcher goes on
    StoreClosed,  // the store gives nothing any more
    GraceOver,    // batches in flight are cancelled
    LoopEnded,    // by itself, by an exception, or because nobody waits for it any more
};

// The only place that knows the transitions. Pure.
Life after(Life life, LifeEvent event) noexcept;

constexpr bool may_lease(Life life) noexcept { return life == Life::Running || life == Life::Draining; }

// Whether the loop returns once no batch is in flight.
constexpr bool is_leaving(Life life) noexcept { return life > Life::Running; }

// Whether not even the expiry of old records goes on.
constexpr bool is_past_grace(Life life) noexcept { return life >= Life::Ending; }

}  // namespace pinrelay::deliver
