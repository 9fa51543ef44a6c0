#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace pinrelay::deliver {

// A timer that can be cancelled. Delivery waits with it, and a test replaces it to let time pass at once. Every call
// comes from the thread of the alarm's context.
class Alarm {
public:
    virtual ~Alarm() = default;

    // Calls `ring` exactly once, from the context: with true after `length`; with false if the alarm is cancelled or
    // set again before. Without a length only the second can happen. Do not destroy an alarm that is set while its
    // context runs.
    using Ring = std::function<void(bool time_has_passed)>;
    virtual void set(std::optional<std::chrono::milliseconds> length, Ring ring) = 0;

    // Does nothing if the alarm is not set.
    virtual void cancel() = 0;
};

using MakeAlarm = std::function<std::unique_ptr<Alarm>()>;

// Alarms that use the steady clock. `context` must outlive them.
MakeAlarm steady_alarms(boost::asio::io_context& context);

}  // namespace pinrelay::deliver
