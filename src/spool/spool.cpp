#include "pinrelay/spool/spool.hpp"

#include <utility>

namespace pinrelay::spool {
namespace {

class SpoolCategory final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "pinrelay.spool"; }

    std::string message(int value) const override {
        switch (static_cast<SpoolErrc>(value)) {
            case SpoolErrc::Full: return "the spool is full";
            case SpoolErrc::ShareFull: return "the account's share of the spool is full";
            case SpoolErrc::KnownOnly: return "the room that is left in the spool is for known senders";
            case SpoolErrc::WriteFailed: return "the spool could not be written";
            case SpoolErrc::Closed: return "the spool is closed";
        }
        return "unknown spool error";
    }
};

}  // namespace

Counts& Counts::operator+=(const Counts& more) noexcept {
    stored += more.stored;
    delivered += more.delivered;
    dead_lettered += more.dead_lettered;
    replayed += more.replayed;
    folded += more.folded;
    reused += more.reused;
    unfolded += more.unfolded;
    conflicts += more.conflicts;
    return *this;
}

const boost::system::error_category& spool_category() noexcept {
    static const SpoolCategory category;
    return category;
}

Settlement Settlement::delivered(RecordId id, std::string warnings) {
    return {id, Fate::Delivered, std::move(warnings), {}, {}, 0};
}

Settlement Settlement::dead(RecordId id, std::string_view reason, std::string message, int sends) {
    return {id, Fate::DeadLetter, std::string(reason), std::move(message), {}, sends};
}

Settlement Settlement::retry(RecordId id, Time not_before, int sends) {
    return {id, Fate::Retry, {}, {}, not_before, sends};
}

Counts Ledger::total(const std::string& destination) const {
    Counts sum;
    for (auto row = by_label.lower_bound({destination, {}}); row != by_label.end(); ++row) {
        if (row->first.first != destination) break;
        sum += row->second;
    }
    return sum;
}

Counts Ledger::total() const {
    Counts sum;
    for (const auto& [label, counts] : by_label) sum += counts;
    return sum;
}

DeadLetterSize Ledger::all_dead_letters() const {
    DeadLetterSize sum;
    for (const auto& [destination, size] : dead_letters) {
        sum.letters += size.letters;
        sum.bytes += size.bytes;
    }
    return sum;
}

Waiting Ledger::waiting(const std::string& destination) const {
    Waiting waiting{total(destination).pending(), std::nullopt};
    if (const auto oldest = oldest_pending.find(destination); oldest != oldest_pending.end())
        waiting.oldest = oldest->second;
    return waiting;
}

}  // namespace pinrelay::spool
