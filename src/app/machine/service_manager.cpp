#include "service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace pinrelay::app {
namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets variables
    return value == nullptr ? std::string_view() : std::string_view(value);
}

std::optional<std::int64_t> number_in(const char* name) {
    const std::string_view text = variable(name);
    std::int64_t number = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || wrong != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// The clock of CLOCK_MONOTONIC, which systemd compares with its own.
std::int64_t monotonic_microseconds() {
    constexpr std::int64_t million = 1'000'000;
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * million + now.tv_nsec / 1000;
}

}  // namespace

ServiceManager ServiceManager::of_environment() {
    std::optional<std::chrono::microseconds> watchdog;
    const auto watched = number_in("WATCHDOG_PID");
    const auto length = number_in("WATCHDOG_USEC");
    if (length && *length > 0 && watched.value_or(::getpid()) == ::getpid()) watchdog.emplace(*length);
    return ServiceManager(std::string(variable("NOTIFY_SOCKET")), watchdog);
}

bool ServiceManager::ready(std::string_view text) const noexcept try {
    return !is_there() || send("READY=1\nSTATUS=" + std::string(text));
} catch (const std::bad_alloc&) {
    return false;
}

void ServiceManager::reloading() const noexcept try {
    send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(monotonic_microseconds()));
} catch (const std::bad_alloc&) {
}

void ServiceManager::stopping() const noexcept { send("STOPPING=1"); }

void ServiceManager::status(std::string_view text) const noexcept try {
    send("STATUS=" + std::string(text));
} catch (const std::bad_alloc&) {
}

void ServiceManager::feed_watchdog() const noexcept { send("WATCHDOG=1"); }

// False where the manager's queue is full as well: it holds ten reports, or as many as net.unix.max_dgram_qlen says.
bool ServiceManager::send(std::string_view assignments) const noexcept {
    sockaddr_un address{};
    if (socket_.size() < 2 || socket_.size() >= sizeof address.sun_path) return false;
    const bool is_abstract = socket_.front() == '@';
    if (!is_abstract && socket_.front() != '/') return false;
    address.sun_family = AF_UNIX;
    std::ranges::copy(socket_, address.sun_path);
    if (is_abstract) address.sun_path[0] = '\0';
    // An abstract name has no zero at its end.
    const std::size_t length = offsetof(sockaddr_un, sun_path) + socket_.size() + (is_abstract ? 0 : 1);

    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return false;
    const auto sent = ::sendto(descriptor, assignments.data(), assignments.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                               reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(length));
    ::close(descriptor);
    return sent >= 0;
}

}  // namespace pinrelay::app
