#include "committed_ledger.hpp"

#include <utility>

namespace pinrelay::spool {

Ledger CommittedLedger::read() const {
    const std::lock_guard lock(mutex_);
    return ledger_;
}

Waiting CommittedLedger::waiting(const std::string& destination) const {
    const std::lock_guard lock(mutex_);
    return ledger_.waiting(destination);
}

void CommittedLedger::replace(Store::Stock stock) {
    const std::lock_guard lock(mutex_);
    take_over(std::move(stock.ledger));
    holdings_.recount(std::move(stock.dead_letters));
}

void CommittedLedger::take_over(Ledger ledger) {
    ledger.writable = ledger_.writable;
    ledger_ = std::move(ledger);
}

void CommittedLedger::committed(const Group& group) {
    const std::lock_guard lock(mutex_);
    if (group.reread()) {
        take_over(*group.reread());
    } else {
        apply(group.change(), ledger_);
    }
    for (const auto& [destination, oldest] : group.oldest_pending()) {
        if (oldest) {
            ledger_.oldest_pending[destination] = *oldest;
        } else {
            ledger_.oldest_pending.erase(destination);
        }
    }
    ledger_.bytes = group.bytes();
    holdings_.apply(group.change());
}

void CommittedLedger::set_writable(bool writable) {
    const std::lock_guard lock(mutex_);
    ledger_.writable = writable;
}

Usage CommittedLedger::stored() const {
    const std::lock_guard lock(mutex_);
    return holdings_.usage(ledger_);
}

}  // namespace pinrelay::spool
