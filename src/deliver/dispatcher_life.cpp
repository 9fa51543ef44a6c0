#include "dispatcher_life.hpp"

#include <array>
#include <cstddef>

namespace pinrelay::deliver {
namespace {

using enum Life;

// A row for each state, a column for each event: Start, Stop, Retire, StoreClosed, GraceOver, LoopEnded.
using Row = std::array<Life, 6>;
constexpr std::array<Row, 6> transitions = {{
    {Running, Over, Over, Idle, Idle, Idle},               // Idle: there is no loop to wait for
    {Running, Draining, Retiring, Ending, Running, Over},  // Running
    {Draining, Draining, Retiring, Ending, Ending, Over},  // Draining
    {Retiring, Retiring, Retiring, Ending, Ending, Over},  // Retiring: a stop only bounds the wait
    {Ending, Ending, Ending, Ending, Ending, Over},        // Ending
    {Over, Over, Over, Over, Over, Over},                  // Over
}};

}  // namespace

Life after(Life life, LifeEvent event) noexcept {
    return transitions[static_cast<std::size_t>(life)][static_cast<std::size_t>(event)];
}

}  // namespace pinrelay::deliver
