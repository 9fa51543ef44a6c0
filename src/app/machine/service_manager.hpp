#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::app {

// Reports to systemd, or to whoever else listens at $NOTIFY_SOCKET, how the process fares: sd_notify(3), without its
// library. Without a socket every call does nothing. Safe to call from any thread; nothing blocks, and nothing throws:
// a report that cannot be sent is lost.
class ServiceManager {
public:
    // `socket` is a path, or a name in the abstract namespace with '@' in front; "" for none. `watchdog` is how long
    // the process may be silent before it is ended; nothing where nobody watches.
    explicit ServiceManager(std::string socket = {}, std::optional<std::chrono::microseconds> watchdog = std::nullopt)
        : socket_(std::move(socket)), watchdog_(watchdog) {}

    // By NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID of the environment.
    static ServiceManager of_environment();

    bool is_there() const noexcept { return !socket_.empty(); }
    std::optional<std::chrono::microseconds> watchdog() const noexcept { return watchdog_; }

    // Whether it was handed over, or nobody listens. Without it the manager ends the process after a while, so that it
    // has to be sent again.
    bool ready(std::string_view status) const noexcept;
    void reloading() const noexcept;  // until the next `ready`
    void stopping() const noexcept;
    void status(std::string_view text) const noexcept;  // one line, for `systemctl status`
    void feed_watchdog() const noexcept;

private:
    bool send(std::string_view assignments) const noexcept;

    std::string socket_;
    std::optional<std::chrono::microseconds> watchdog_;
};

}  // namespace pinrelay::app
