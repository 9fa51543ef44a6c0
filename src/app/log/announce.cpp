#include "announce.hpp"

#include <algorithm>

namespace pinrelay::app {
namespace {

// Events of an account that was taken out of the configuration wait for ever: the operator must know.
void warn_of_orphans(const LiveConfiguration& live, const spool::Ledger& ledger, Logger& logger) {
    for (const auto& [name, oldest] : ledger.oldest_pending) {
        const auto is_it = [&name = name](const auto& destination) { return destination->name() == name; };
        if (std::ranges::any_of(live.destinations, is_it)) continue;
        logger.warn("events wait for an account that is not configured",
                    {{"destination", name}, {"pending", std::to_string(ledger.total(name).pending())}});
    }
}

}  // namespace

void announce_accounts(const config::Config& config, const LiveConfiguration& live, const spool::Ledger& ledger,
                       Logger& logger) {
    for (std::size_t i = 0; i < live.destinations.size(); ++i) {
        const auto& name = live.destinations[i]->name();
        logger.info("delivering to an account",
                    {{"destination", name}, {"profile", config.accounts[i].mapping.profile}});
        if (config.accounts[i].test_mode)
            logger.warn("TEST MODE: Pinterest checks the events of this account and records none of them",
                        {{"destination", name}});
    }
    warn_of_orphans(live, ledger, logger);
}

void announce_drained(std::uint64_t pending, Logger& logger) {
    if (pending == 0) return logger.info("drained; every event is delivered or a dead letter", {{"pending", "0"}});
    logger.warn("not drained: events are left; they are kept and sent after the next start",
                {{"pending", std::to_string(pending)}});
}

std::string to_text(const boost::asio::ip::tcp::endpoint& endpoint) {
    const auto address = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port());
}

}  // namespace pinrelay::app
