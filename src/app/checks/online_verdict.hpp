#pragma once

#include "pinrelay/app/online_check.hpp"
#include "pinrelay/core/clock.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/net/client.hpp"

namespace pinrelay::app {

// What an answer to a test event means for the account, in words. `now` is when it came. Pure.
void judge_answer(const http::Response& answer, const destination::Verdict& verdict, Time now, OnlineFinding& finding);

// The same where no answer came.
void judge_failure(const net::Failure& failure, OnlineFinding& finding);

}  // namespace pinrelay::app
