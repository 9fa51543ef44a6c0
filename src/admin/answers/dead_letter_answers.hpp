#pragma once

#include <boost/asio/awaitable.hpp>

#include "pinrelay/admin/dead_letter_desk.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::admin {

// These take a selection from the query: account=, reason=, event=, numbers=1,2.

// GET /dead-letters: the newest `limit` of them, and the counts of all by account and reason.
boost::asio::awaitable<http::Response> list_dead_letters(const http::Request& request, DeadLetterDesk& desk);

// GET /dead-letters/export: the newest 20,000 of them as JSON lines, to be saved as a file.
boost::asio::awaitable<http::Response> export_dead_letters(const http::Request& request, DeadLetterDesk& desk);

// POST /dead-letters/replay: begins a replay, a dry one with dry_run=true. Without a condition it needs all=true, so
// that nobody replays everything by mistake.
http::Response replay_dead_letters(const http::Request& request, DeadLetterDesk& desk);

// GET /dead-letters/replay: what the last replay has done so far.
http::Response replay_progress(const DeadLetterDesk& desk);

}  // namespace pinrelay::admin
