#include "journal.hpp"

#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>
#include <stdexcept>

#include "mock_pinterest/text.hpp"
#include "transcript.hpp"

namespace pinrelay::mock {
namespace {

// Offline conversions cannot be told apart by their ids, and are never folded.
bool can_fold(const EventRecord& event) { return event.action_source != "offline"; }

template <class Record>
void trim(std::deque<Record>& records, std::size_t keep) {
    while (records.size() > keep) records.pop_front();
}

}  // namespace

Journal::Journal(const Options& options)
    : deduplicator_(options.policy.deduplication_window), keep_(options.keep), transcript_(options.transcript) {
    if (!options.record) return;
    file_.open(*options.record, std::ios::app);
    if (!file_) throw std::runtime_error("the record file cannot be opened: " + *options.record);
}

void Journal::record(RequestRecord request, std::vector<EventRecord> events) {
    const std::lock_guard lock(mutex_);
    count(request, events);
    write_out(request, events);
    keep(std::move(request), std::move(events));
    changed_.notify_all();
}

void Journal::count(const RequestRecord& request, std::vector<EventRecord>& events) {
    ++summary_.requests;
    summary_.accepted_requests += request.accepted ? 1 : 0;
    for (EventRecord& event : events) {
        ++summary_.events;
        ++(event.verdict.processed ? summary_.processed : summary_.failed);
        if (event.test) ++summary_.test_events;
        if (event.test || !event.verdict.processed) continue;
        event.duplicate = can_fold(event) && deduplicator_.is_duplicate(event.account, event.event_name, event.event_id,
                                                                        event.received_at);
        ++(event.duplicate ? summary_.duplicates : summary_.unique);
    }
}

void Journal::write_out(const RequestRecord& request, const std::vector<EventRecord>& events) {
    if (transcript_ != nullptr) {
        *transcript_ << describe(request);
        for (const EventRecord& event : events) *transcript_ << describe(event);
        transcript_->flush();
    }
    if (!file_.is_open() || events.empty()) return;
    for (const EventRecord& event : events) file_ << record_line(event) << '\n';
    file_.flush();
}

void Journal::keep(RequestRecord request, std::vector<EventRecord> events) {
    requests_.push_back(std::move(request));
    events_.insert(events_.end(), std::make_move_iterator(events.begin()), std::make_move_iterator(events.end()));
    trim(requests_, keep_);
    trim(events_, keep_);
}

void Journal::connection_used() {
    const std::lock_guard lock(mutex_);
    ++summary_.connections;
}

void Journal::handshake_failed() {
    const std::lock_guard lock(mutex_);
    ++summary_.handshake_failures;
    changed_.notify_all();
}

std::vector<RequestRecord> Journal::requests() const {
    const std::lock_guard lock(mutex_);
    return {requests_.begin(), requests_.end()};
}

std::vector<EventRecord> Journal::events() const {
    const std::lock_guard lock(mutex_);
    return {events_.begin(), events_.end()};
}

Summary Journal::summary() const {
    const std::lock_guard lock(mutex_);
    return summary_;
}

bool Journal::wait_for_events(std::uint64_t count, std::chrono::milliseconds timeout) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, timeout, [&] { return summary_.events >= count; });
}

bool Journal::wait_for_requests(std::uint64_t count, std::chrono::milliseconds timeout) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, timeout, [&] { return summary_.requests >= count; });
}

std::string record_line(const EventRecord& event) {
    using nlohmann::ordered_json;
    ordered_json head;
    head["received_at"] = iso_time(event.received_at);
    head["account"] = event.account;
    head["request"] = event.request;
    head["index"] = event.index;
    head["test"] = event.test;
    head["duplicate"] = event.duplicate;
    head["verdict"] = {{"status", event.verdict.processed ? "processed" : "failed"},
                       {"error_message", event.verdict.error},
                       {"warning_message", event.verdict.warning}};
    // The event is JSON text already: it takes the place of the closing brace.
    std::string line = head.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    line.pop_back();
    return line + ",\"event\":" + event.json + "}";
}

}  // namespace pinrelay::mock
