#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "app/live_configuration.hpp"
#include "pinrelay/config/config.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/spool/spool.hpp"

// What the log says about a configuration that comes into force.
namespace pinrelay::app {

void announce_accounts(const config::Config& config, const LiveConfiguration& live, const spool::Ledger& ledger,
                       Logger& logger);

// What the shutdown leaves behind: nothing, or events that the next start sends.
void announce_drained(std::uint64_t pending, Logger& logger);

std::string to_text(const boost::asio::ip::tcp::endpoint& endpoint);

}  // namespace pinrelay::app
