#include "commands.hpp"

#include <utility>

namespace pinrelay::spool {
namespace {

// Beside the texts: the other columns, the entry in record_due, and the room that a page leaves free.
constexpr std::uint64_t bytes_beside_text = 200;

template <class Callback, class Outcome>
void call(const Callback& callback, Outcome outcome) noexcept {
    if (!callback) return;
    try {
        callback(std::move(outcome));
    } catch (...) {
        // The writer's thread serves everybody and goes on; callbacks are documented not to throw.
        return;
    }
}

}  // namespace

Load load_of(const Command& command) noexcept {
    Load load;
    const auto* append = std::get_if<AppendCommand>(&command);
    if (append == nullptr) return load;
    load.records = append->records.size();
    for (const Record& record : append->records)
        load.bytes += record.body.size() + record.destination.size() * 2 + record.event_name.size() +
                      record.event_label.size() + record.event_id.size() + bytes_beside_text;
    return load;
}

void answer(Command& command) noexcept {
    if (auto* append = std::get_if<AppendCommand>(&command)) return call(append->done, Result<void>());
    if (auto* settle = std::get_if<SettleCommand>(&command)) return call(settle->done, Result<void>());
    if (auto* lease = std::get_if<LeaseCommand>(&command))
        call(lease->leased, Result<std::vector<StoredRecord>>(std::move(lease->taken)));
}

void refuse(Command& command, SpoolErrc error) noexcept {
    if (auto* append = std::get_if<AppendCommand>(&command)) return call(append->done, Result<void>(error));
    if (auto* settle = std::get_if<SettleCommand>(&command)) return call(settle->done, Result<void>(error));
    if (auto* lease = std::get_if<LeaseCommand>(&command))
        call(lease->leased, Result<std::vector<StoredRecord>>(error));
}

}  // namespace pinrelay::spool
