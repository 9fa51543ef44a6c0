#include "group_queue.hpp"

#include <algorithm>
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
        const Usage usage = share_.divides() ? usage_of(command) : Usage{load, {}};
        if (!within_share(usage)) return SpoolErrc::ShareFull;
        was_empty = commands_.empty();
        commands_.push_back(std::move(command));
        waiting_ += usage;
    }
    // The writer sleeps only at an empty queue: one wake-up per group, not per command.
    if (was_empty) something_.notify_one();
    return std::nullopt;
}

bool GroupQueue::has_room(Load load) const noexcept {
    const std::uint64_t in_memory = waiting_.total.bytes + taken_.total.bytes;
    if (in_memory > 0 && in_memory + load.bytes > bounds_.waiting_bytes) return false;
    return stored_.total.records + waiting_.total.records + taken_.total.records + load.records <= bounds_.records &&
           stored_.total.bytes + in_memory + load.bytes <= bounds_.bytes;
}

bool GroupQueue::within_share(const Usage& usage) const {
    if (!share_.divides()) return true;
    Usage in_memory = usage;
    in_memory += waiting_;
    in_memory += taken_;
    Usage all = in_memory;
    all += stored_;
    return std::all_of(usage.by_destination.begin(), usage.by_destination.end(), [&](const auto& destination) {
        const std::string& name = destination.first;
        return share_.allows(name, in_memory, &Load::bytes, bounds_.waiting_bytes) &&
               share_.allows(name, all, &Load::records, bounds_.records) &&
               share_.allows(name, all, &Load::bytes, bounds_.bytes);
    });
}

void GroupQueue::share_between(std::vector<std::string> destinations) {
    const std::lock_guard lock(mutex_);
    share_.divide_between(std::move(destinations));
}

bool GroupQueue::take(std::vector<Command>& group, std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    something_.wait_for(lock, timeout, [this] { return closed_ || !commands_.empty(); });
    if (commands_.empty()) return !closed_;
    group.swap(commands_);
    taken_ = std::exchange(waiting_, {});
    return true;
}

void GroupQueue::finished(Usage stored) {
    const std::lock_guard lock(mutex_);
    taken_ = {};
    stored_ = std::move(stored);
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
