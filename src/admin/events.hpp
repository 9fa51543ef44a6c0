#pragma once

#include "pinrelay/http/message.hpp"
#include "pinrelay/watch/live_events.hpp"

namespace pinrelay::admin {

// GET /events?limit=300: the last events, the newest last, each with what became of it as far as that is known.
http::Response events_answer(const watch::LiveEvents& live, const http::Request& request);

}  // namespace pinrelay::admin
