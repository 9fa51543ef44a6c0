#pragma once

#include <functional>

#include "pinrelay/admin/history.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::admin {

// GET /history?span=hour|day; without a span the hour.
http::Response history_answer(const http::Request& request, const std::function<HistoryView(HistorySpan)>& history);

}  // namespace pinrelay::admin
