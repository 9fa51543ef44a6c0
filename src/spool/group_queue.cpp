#include "group_queue.hpp"

#include <utility>

namespace pinrelay::spool {

std::optional<SpoolErrc> GroupQueue::push(Command& command) {
    const Load load = load_of(command);
    bool was_empty = false;
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return SpoolErrc::Closed;
        if (load.records > 0 && !has_room(load)) {
            refused_ = load;
            return SpoolErrc::Full;
        }
        was_empty = commands_.empty();
        commands_.push_back(std::move(command));
        waiting_.records += load.records;
        waiting_.bytes += load.bytes;
    }
    // The writer sleeps only at an empty queue: one wake-up per group, not per command.
    if (was_empty) something_.notify_one();
    return std::nullopt;
}

bool GroupQueue::has_room(Load load) const noexcept {
    const std::uint64_t in_memory = waiting_.bytes + taken_.bytes;
    if (in_memory > 0 && in_memory + load.bytes > bounds_.waiting_bytes) return false;
    return stored_.records + waiting_.records + taken_.records + load.records <= bounds_.records &&
           stored_.bytes + in_memory + load.bytes <= bounds_.bytes;
}

bool GroupQueue::take(std::vector<Command>& group, std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    something_.wait_for(lock, timeout, [this] { return closed_ || !commands_.empty(); });
    if (commands_.empty()) return !closed_;
    group.swap(commands_);
    taken_ = std::exchange(waiting_, Load{});
    return true;
}

void GroupQueue::finished(Load stored) {
    const std::lock_guard lock(mutex_);
    taken_ = {};
    stored_ = stored;
    if (refused_ && has_room(*refused_)) refused_.reset();
}

bool GroupQueue::full() const {
    const std::lock_guard lock(mutex_);
    return refused_.has_value();
}

void GroupQueue::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    something_.notify_one();
}

}  // namespace pinrelay::spool
