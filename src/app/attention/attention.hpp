#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "notice_logger.hpp"
#include "pinrelay/admin/admin_handler.hpp"
#include "pinrelay/admin/attention.hpp"
#include "pinrelay/admin/history.hpp"
#include "pinrelay/core/clock.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::app {

// What the relay knows about itself at one moment.
struct AttentionFacts {
    Time now{};
    std::vector<admin::AccountState> accounts;
    spool::Ledger ledger;
    std::uint64_t spool_max_bytes = 0;
    std::optional<Time> certificate_expires;
    admin::HistoryView hour;
    std::vector<Notice> notices;
};

// What an operator should know or act on, the most urgent first. Pure.
std::vector<admin::AttentionItem> attention(const AttentionFacts& facts);

}  // namespace pinrelay::app
