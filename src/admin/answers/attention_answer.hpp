#pragma once

#include <vector>

#include "pinrelay/admin/attention.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::admin {

// GET /attention
http::Response attention_answer(const std::vector<AttentionItem>& items);

}  // namespace pinrelay::admin
