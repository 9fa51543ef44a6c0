#pragma once

#include <functional>
#include <string>

#include "pinrelay/http/message.hpp"
#include "pinrelay/spool/journal.hpp"

namespace pinrelay::admin {

// The answer to GET /find: see make_admin_handler. `find` is AdminParts::find.
http::Response find_answer(const http::Request& request,
                           const std::function<std::string(const spool::JournalQuestion&)>& find);

}  // namespace pinrelay::admin
