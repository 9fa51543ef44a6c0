#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/logger.hpp"
#include "service_manager.hpp"

namespace pinrelay::app {

// Tells the service manager that the relay works, as long as it does: every part is given something to do, and the
// watchdog is fed once all of them have done it. A part that hangs lets the watchdog end the process. Beside that it
// sends the status line when it changes. It runs on the thread of its context, and so do `start`,
// `stop` and `ready`.
class Heartbeat {
public:
    // A part that works calls `done` soon, on any thread.
    using Part = std::function<void(std::function<void()> done)>;

    // `manager` and `logger` are lent and outlive it.
    Heartbeat(boost::asio::io_context& context, const ServiceManager& manager, std::vector<Part> parts,
              std::function<std::string()> status, Logger& logger)
        : timer_(context), manager_(manager), parts_(std::move(parts)), status_(std::move(status)), logger_(logger) {}

    // Reports that the relay is ready. Without a service manager nothing follows.
    void start();
    void stop();

    // Reports that it is ready, again after a reload. If the report cannot be sent, each beat tries it again.
    void ready();

    // What the timer does each time.
    void beat();

    // Between two beats: a third of the watchdog's time, within bounds of its own.
    static std::chrono::microseconds pause(std::optional<std::chrono::microseconds> watchdog) noexcept;

private:
    void ask_all();
    void wait();

    boost::asio::steady_timer timer_;
    const ServiceManager& manager_;
    std::vector<Part> parts_;
    std::function<std::string()> status_;
    Logger& logger_;
    std::shared_ptr<std::atomic<std::size_t>> missing_;  // parts of the current round that have not answered
    std::string last_status_;
    bool ready_reported_ = true;
    bool refusal_reported_ = false;
    bool silence_reported_ = false;
    bool stopped_ = false;
};

}  // namespace pinrelay::app
