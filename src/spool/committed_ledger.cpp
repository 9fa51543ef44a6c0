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
}

void CommittedLedger::take_over(Ledger ledger) {
    ledger.writable = ledger_.writable;
    if (!ledger.journal) ledger.journal = ledger_.journal;
    ledger_ = std::move(ledger);
}

void CommittedLedger::committed(const Group& group) {
    const std::lock_guard lock(mutex_);
    if (group.reread()) {
        take_over(*group.reread());
    } else {
        apply(group.change(), ledger_);
    }
    for (const auto& [destination, waiting] : group.waiting()) {
        if (waiting.oldest) {
            ledger_.oldest_pending[destination] = *waiting.oldest;
        } else {
            ledger_.oldest_pending.erase(destination);
        }
    }
    if (group.dead_letters()) ledger_.dead_letters = *group.dead_letters();
    if (group.bytes()) ledger_.bytes = *group.bytes();
    holdings_.apply(group.change());
}

void CommittedLedger::set_writable(bool writable) {
    const std::lock_guard lock(mutex_);
    ledger_.writable = writable;
}

void CommittedLedger::set_journal(const JournalSize& size) {
    const std::lock_guard lock(mutex_);
    ledger_.journal = size;
}

void CommittedLedger::set_bytes(std::uint64_t bytes) {
    const std::lock_guard lock(mutex_);
    ledger_.bytes = bytes;
}

Usage CommittedLedger::stored(std::uint64_t dead_letter_bytes) const {
    const std::lock_guard lock(mutex_);
    return holdings_.usage(ledger_, dead_letter_bytes);
}

std::uint64_t CommittedLedger::dead_letter_bytes() const {
    const std::lock_guard lock(mutex_);
    return ledger_.all_dead_letters().bytes;
}

}  // namespace pinrelay::spool
