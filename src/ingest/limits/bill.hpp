#pragma once

#include <ctime>

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstdint>
#include <optional>

#include "gzip.hpp"
#include "pinrelay/http/message.hpp"
#include "request_cost.hpp"
#include "throttle.hpp"

namespace pinrelay::ingest {

// The CPU time of the calling thread. A system call of some 0.3 µs. Zero where the system does not measure it.
inline std::chrono::nanoseconds thread_cpu_time() noexcept {
    std::timespec now{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) return {};
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

// What one request owes beyond what it paid at the door. It is charged at the end of the bill, however the request
// ends; the client's next requests wait for it. Lives on one thread, whose CPU time it measures from its beginning, or
// not at all where the request is too small to cost anything that counts.
class Bill {
public:
    // `throttle` and `client` are lent.
    Bill(const Throttle& throttle, const std::optional<boost::asio::ip::address>& client, const http::Request& request)
        : throttle_(throttle), client_(client) {
        if (takes_time(request)) begin_ = thread_cpu_time();
    }
    ~Bill() {
        if (begin_) cost_.cpu = thread_cpu_time() - *begin_;
        throttle_.charge(client_, owed_after(cost_));
    }
    Bill(const Bill&) = delete;
    Bill& operator=(const Bill&) = delete;

    // The client has paid for so many bytes of query and body, unpacked. Until then it has paid for the request alone.
    void has_paid(std::size_t bytes) noexcept { cost_.received = bytes; }

    // Many events take time, too, however short they are.
    void has_events(std::size_t count) noexcept {
        if (!begin_ && count > few_events) begin_ = thread_cpu_time();
    }

    void stores(std::uint64_t bytes_of_strangers) noexcept { cost_.stored = bytes_of_strangers; }

private:
    static constexpr std::size_t few_events = 8;  // less than a millisecond, where the request is short

    static bool takes_time(const http::Request& request) noexcept {
        return request.query.size() + request.body.size() >= received_of_one_request || is_gzip(request.body);
    }

    const Throttle& throttle_;
    const std::optional<boost::asio::ip::address>& client_;
    std::optional<std::chrono::nanoseconds> begin_;
    RequestCost cost_;
};

}  // namespace pinrelay::ingest
