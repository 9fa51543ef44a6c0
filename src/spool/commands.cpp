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

struct Answer {
    void operator()(AppendCommand& append) const {
        call(append.done, Result<Duplicates>(std::move(append.duplicates)));
    }
    void operator()(CheckCommand& check) const { call(check.checked, Result<Duplicates>(std::move(check.duplicates))); }
    void operator()(SettleCommand& settle) const { call(settle.done, Result<void>()); }
    void operator()(LeaseCommand& lease) const {
        call(lease.leased, Result<std::vector<StoredRecord>>(std::move(lease.taken)));
    }
    void operator()(ExpireCommand& expire) const { call(expire.expired, Result<std::size_t>(expire.count)); }
};

struct Refusal {
    SpoolErrc error;
    void operator()(AppendCommand& append) const { call(append.done, Result<Duplicates>(error)); }
    void operator()(CheckCommand& check) const { call(check.checked, Result<Duplicates>(error)); }
    void operator()(SettleCommand& settle) const { call(settle.done, Result<void>(error)); }
    void operator()(LeaseCommand& lease) const { call(lease.leased, Result<std::vector<StoredRecord>>(error)); }
    void operator()(ExpireCommand& expire) const { call(expire.expired, Result<std::size_t>(error)); }
};

}  // namespace

std::uint64_t bytes_of(const Record& record) noexcept {
    return record.body.size() + record.destination.size() * 2 + record.source_name.size() + record.event_name.size() +
           record.event_label.size() + record.event_id.size() + bytes_beside_text;
}

void answer(Command& command) noexcept { std::visit(Answer{}, command); }

void refuse(Command& command, SpoolErrc error) noexcept { std::visit(Refusal{error}, command); }

}  // namespace pinrelay::spool
