#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mock_pinterest/faults/script.hpp"
#include "mock_pinterest/journal/records.hpp"
#include "options.hpp"

namespace pinrelay::mock {

// A local Pinterest: POST /v5/ad_accounts/{id}/events over HTTPS or HTTP, with the platform's own rules for requests
// and events, a journal of what came, and faults on demand. It shares nothing with the relay's mapping: it judges it.
//
// Beside the endpoint it serves, without a token and outside all counts:
//   GET  /__mock/summary   the counts, as JSON
//   GET  /__mock/events    the recorded events that are kept, as a JSON array of the record file's lines
//   PUT  /__mock/script    a new script in place of the old one
//
// It listens once constructed, on one thread of its own, until destroyed; destruction cuts whatever is open.
// All member functions may be called from any thread.
class MockPinterest {
public:
    // Throws std::runtime_error where it cannot listen, or a file cannot be read or written.
    explicit MockPinterest(Options options = {});
    ~MockPinterest();
    MockPinterest(const MockPinterest&) = delete;
    MockPinterest& operator=(const MockPinterest&) = delete;

    // "https://127.0.0.1:43211". For a wildcard address the loopback address stands in its place.
    const std::string& url() const noexcept;
    std::uint16_t port() const noexcept;
    // The published CA certificate; "" over plain HTTP.
    const std::string& ca_pem() const noexcept;

    void play(Script script);

    // Oldest first, as many as are kept.
    std::vector<RequestRecord> requests() const;
    std::vector<EventRecord> events() const;
    Summary summary() const;

    // Wait until at least so many events were recorded, or requests seen through to their end. False on timeout.
    bool wait_for_events(std::uint64_t count, std::chrono::milliseconds timeout) const;
    bool wait_for_requests(std::uint64_t count, std::chrono::milliseconds timeout) const;

private:
    struct Server;
    std::unique_ptr<Server> server_;
};

}  // namespace pinrelay::mock
