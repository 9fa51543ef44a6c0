#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace pinrelay::deliver {

// One wake-up that can be cancelled: how delivery lets time pass, and how a test lets it pass at once. Used on its
// context's thread.
class Alarm {
public:
    virtual ~Alarm() = default;

    // Calls `ring` once, from the context: with true after `length` (without one never), with false when it is
    // cancelled or set anew before that. An alarm that is set is not destroyed while its context runs.
    using Ring = std::function<void(bool time_has_passed)>;
    virtual void set(std::optional<std::chrono::milliseconds> length, Ring ring) = 0;
    virtual void cancel() = 0;
};

using MakeAlarm = std::function<std::unique_ptr<Alarm>()>;

// By the steady clock.
MakeAlarm steady_alarms(boost::asio::io_context& context);

}  // namespace pinrelay::deliver
