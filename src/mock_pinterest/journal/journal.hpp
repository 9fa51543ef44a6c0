#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <fstream>
#include <iosfwd>
#include <mutex>
#include <string>
#include <vector>

#include "mock_pinterest/judging/deduplicator.hpp"
#include "mock_pinterest/options.hpp"
#include "records.hpp"

namespace pinrelay::mock {

// Everything that came: counted, kept in memory as far as wanted, and written to a file and a transcript.
// Thread-safe: the server writes, tests read.
class Journal {
public:
    // Throws std::runtime_error where the record file cannot be opened.
    explicit Journal(const Options& options);

    // One request and, if it was accepted, its events. Says of each event whether it is a duplicate.
    void record(RequestRecord request, std::vector<EventRecord> events);
    void connection_used();
    void handshake_failed();

    std::vector<RequestRecord> requests() const;
    std::vector<EventRecord> events() const;
    Summary summary() const;
    bool wait_for_events(std::uint64_t count, std::chrono::milliseconds timeout) const;
    bool wait_for_requests(std::uint64_t count, std::chrono::milliseconds timeout) const;

private:
    void count(const RequestRecord& request, std::vector<EventRecord>& events);
    void write_out(const RequestRecord& request, const std::vector<EventRecord>& events);
    void keep(RequestRecord request, std::vector<EventRecord> events);

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    Summary summary_;
    Deduplicator deduplicator_;
    std::deque<RequestRecord> requests_;
    std::deque<EventRecord> events_;
    std::size_t keep_;
    std::ofstream file_;
    std::ostream* transcript_;
};

// One line of the record file, without its line break: received_at, account, request, index, test, duplicate, verdict
// and event, as a JSON object.
std::string record_line(const EventRecord& event);

}  // namespace pinrelay::mock
