#include "writer.hpp"

#include <algorithm>
#include <utility>

namespace pinrelay::spool {
using std::chrono::milliseconds;

namespace {

// Without work for so long, the thread uses the time for a checkpoint. Longer than the gaps in steady traffic: a
// checkpoint costs a sync of its own.
constexpr milliseconds idle_after{200};

// How long records that another program put into the file may lie unnoticed. A look costs some microseconds.
constexpr milliseconds look_every{1000};

// Between two looks at the age of the dead letters.
constexpr std::chrono::minutes look_at_letters_every{1};

constexpr milliseconds first_backoff{100};
constexpr milliseconds longest_backoff{5000};

}  // namespace

Writer::Writer(Parts parts, OpenedStore opened)
    : parts_(std::move(parts)), reuse_(parts_.logger), removals_(parts_.logger), journal_report_(parts_.logger) {
    memory_.guard = parts_.guard;
    adopt(std::move(opened));
}

void Writer::run() {
    std::vector<Command> group;
    while (parts_.queue.take(group, patience())) {
        if (group.empty()) {
            use_the_pause();
        } else {
            write(group);
        }
        group.clear();
    }
    write_last_dropped();
    shut();
}

// Those that came after the last group.
void Writer::write_last_dropped() {
    if (store_ == nullptr || !writable_ || parts_.dropped.is_empty()) return;
    std::vector<Command> none;
    write(none);
}

void Writer::write(std::vector<Command>& group) {
    if (!may_try()) return refuse(group);
    const auto committed = commit(group);
    if (committed == nullptr) return refuse(group);
    parts_.ledger.committed(*committed);
    note_journal(*committed);
    publish();
    if (committed->dead_letters()) note_letters(*committed);
    if (committed->wrote()) proved_writable();
    reuse_.note(committed->change(), Steady::now());
    removals_.note(committed->change(), Steady::now());
    for (Command& command : group) answer(command);
    if (committed->appended() || committed->reread()) parts_.appended.tell();
    checkpoint_if_large();
    measure_if_full();
}

void Writer::note_letters(const Group& committed) {
    old_letters_left_ = committed.old_letters_left();
    const std::uint64_t dead = parts_.ledger.dead_letter_bytes();
    const bool was_futile = dead > letter_task_.max_bytes && committed.change().removed_letters.empty();
    irremovable_bytes_ = was_futile ? dead : 0;
}

// What a group does about the dead letters: see DeadLetterLimits.
LetterTask Writer::next_letter_task() {
    const DeadLetterLimits limits = parts_.letter_limits.get();
    LetterTask task{limits.max_bytes, parts_.ledger.dead_letter_bytes(), std::nullopt};
    if (!(is_time_for_letters() || old_letters_left_)) return task;
    letters_looked_at_ = parts_.confirmed();
    task.died_before = letters_looked_at_ - limits.keep;
    return task;
}

bool Writer::is_time_for_letters() const {
    if (parts_.letter_limits.get().keep.count() == 0) return false;
    const Time now = parts_.confirmed();
    return now >= letters_looked_at_ + look_at_letters_every || now < letters_looked_at_;
}

bool Writer::has_letters_to_remove() const {
    const std::uint64_t dead = parts_.ledger.dead_letter_bytes();
    return old_letters_left_ || (dead > parts_.letter_limits.get().max_bytes && dead != irremovable_bytes_);
}

JournalTask Writer::next_journal_task() {
    if (!store_->journal().is_on()) return {};
    return {parts_.dropped.take(), parts_.confirmed()};
}

bool Writer::has_journal_work() const {
    return store_->journal().is_on() && (!parts_.dropped.is_empty() || store_->journal().has_work(parts_.confirmed()));
}

void Writer::note_journal(const Group& committed) {
    if (!store_->journal().is_on()) return;
    if (committed.left_out() > 0) parts_.dropped.leave_out(committed.left_out());
    JournalSize size = store_->journal().size();
    size.left_out = parts_.dropped.left_out();
    parts_.ledger.set_journal(size);
    journal_report_.note(size, Steady::now());
}

void Writer::publish() { parts_.queue.finished(parts_.ledger.stored(parts_.letter_limits.get().max_bytes)); }

std::unique_ptr<Group> Writer::commit(std::vector<Command>& commands) {
    std::uint64_t dropped = 0;
    try {
        reopen_if_closed();
        letter_task_ = next_letter_task();
        JournalTask journal = next_journal_task();
        dropped = journal.dropped.size();
        auto group = std::make_unique<Group>(*store_, memory_, letter_task_, std::move(journal));
        group->commit(commands);
        return group;
    } catch (const std::exception& failure) {
        parts_.dropped.leave_out(dropped);
        failed(failure);
        return nullptr;
    }
}

void Writer::refuse(std::vector<Command>& group) {
    publish();
    std::uint64_t lost = 0;
    for (Command& command : group) {
        if (parts_.answers_early) lost += usage_of(command).total.records;
        spool::refuse(command, SpoolErrc::WriteFailed);
    }
    if (lost > 0)
        parts_.logger.error("records were lost that had been acknowledged before they were on disk",
                            {{"records", std::to_string(lost)}});
}

void Writer::adopt(OpenedStore opened) {
    store_ = std::move(opened.store);
    if (opened.replaced) memory_.held.clear();
    adopt(std::move(opened.stock));
    damaged_ = false;
    checkpoint_tried_at_ = 0;
}

void Writer::adopt(Store::Stock stock) {
    memory_.learn(stock.last);
    memory_.learn(stock.ledger);
    if (store_->journal().is_on()) stock.ledger.journal = store_->journal().size();
    parts_.ledger.replace(std::move(stock));
    publish();
}

void Writer::reopen_if_closed() {
    if (store_ != nullptr) return;
    const Opening opening = damaged_ ? Opening::AfterDamage : Opening::AfterFailure;
    adopt(open_store(parts_.file, opening, parts_.guard, parts_.journal, parts_.clock, parts_.logger));
}

void Writer::failed(const std::exception& failure) {
    const auto* error = dynamic_cast<const SqliteError*>(&failure);
    damaged_ = damaged_ || (error != nullptr && error->says_damaged());
    if (store_ != nullptr) store_->abandon();
    store_.reset();
    if (std::exchange(writable_, false)) {
        parts_.ledger.set_writable(false);
        parts_.logger.error("the spool cannot be written; events are refused until it can",
                            {{"reason", failure.what()}});
    }
    next_try_ = Steady::now() + backoff_;
    backoff_ = std::clamp(backoff_ * 2, first_backoff, longest_backoff);
}

void Writer::proved_writable() {
    backoff_ = milliseconds(0);
    if (std::exchange(writable_, true)) return;
    parts_.ledger.set_writable(true);
    parts_.logger.warn("the spool can be written again");
}

milliseconds Writer::patience() const {
    if (!writable_) {
        const auto left = std::chrono::ceil<milliseconds>(next_try_ - Steady::now());
        return std::max(left, milliseconds(0));
    }
    if (has_letters_to_remove() || store_->journal().has_rows_to_remove()) return milliseconds(0);
    return store_->wal_bytes() > 0 ? idle_after : look_every;
}

void Writer::use_the_pause() {
    if (!writable_) return try_again();
    const bool wrote = another_wrote();
    if (store_ == nullptr) return;
    if (has_letters_to_remove() || is_time_for_letters() || has_journal_work()) {
        std::vector<Command> none;
        write(none);
        return;
    }
    if (wrote || store_->wal_bytes() > 0) checkpoint_when_idle();
    measure_if_full();
}

bool Writer::another_wrote() {
    try {
        if (!store_->another_wrote()) return false;
        adopt(store_->take_stock());
    } catch (const std::exception& failure) {
        failed(failure);
        return false;
    }
    parts_.appended.tell();
    return true;
}

void Writer::try_again() {
    try {
        reopen_if_closed();
        store_->prove_writable();
        proved_writable();
    } catch (const std::exception& failure) {
        failed(failure);
    }
}

void Writer::checkpoint_if_large() {
    // A reader may hold the WAL so that not all can be copied: then not at every commit, but after as much again.
    if (store_->wal_bytes() < checkpoint_tried_at_ + wal_mark) return;
    checkpoint_tried_at_ = store_->wal_bytes();
    try {
        if (store_->connection().checkpoint(Connection::Checkpoint::Passive)) checkpoint_tried_at_ = 0;
        measure();
    } catch (const std::exception& failure) {
        failed(failure);
    }
}

void Writer::checkpoint_when_idle() {
    // The file keeps its size, since overwriting is faster than growing again; what is beyond the bound is given back.
    store_->look_at_wal();
    const bool large = store_->wal_file_bytes() > wal_bound;
    try {
        const auto mode = large ? Connection::Checkpoint::Truncate : Connection::Checkpoint::Passive;
        if (store_->connection().checkpoint(mode)) checkpoint_tried_at_ = 0;
        measure();
    } catch (const std::exception& failure) {
        failed(failure);
    }
}

// Appends that are refused at once reach no group, so that nobody else would find out that there is room again. The WAL
// is given back first, which a thread that is never idle does not do otherwise.
void Writer::measure_if_full() {
    if (store_ == nullptr || !parts_.queue.full() || Steady::now() < next_measure_) return;
    next_measure_ = Steady::now() + look_every;
    checkpoint_when_idle();
}

void Writer::measure() {
    store_->look_at_wal();
    parts_.ledger.set_bytes(store_->bytes());
    publish();
}

void Writer::shut() {
    if (store_ == nullptr) return;
    try {
        store_->connection().checkpoint(Connection::Checkpoint::PatientTruncate);
    } catch (const std::exception& failure) {
        parts_.logger.warn("the spool was closed without its last checkpoint; the next start does it",
                           {{"reason", failure.what()}});
    }
    store_.reset();
}

}  // namespace pinrelay::spool
