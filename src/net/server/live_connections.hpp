#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <memory>

#include "date_text.hpp"

namespace pinrelay::net {

using SteadyTime = std::chrono::steady_clock::time_point;
inline constexpr SteadyTime never = SteadyTime::max();

// What a worker can do to one of its connections from outside the connection's coroutine.
class LiveConnection
    : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    // Makes the operation that the connection waits for end with an error.
    virtual void interrupt() noexcept = 0;

    // Whether it stands between two requests, with nothing to lose.
    virtual bool idle() const noexcept = 0;

    SteadyTime deadline = never;  // when its wait has taken too long

protected:
    ~LiveConnection() = default;
};

// The connections of one worker. Touched only on that worker's thread, so there is no lock.
//
// One look per tick over all connections replaces a timer per read: starting and cancelling a timer for each operation
// costs more than the whole parsing of a request. A deadline is kept to within a tick.
class LiveConnections : public std::enable_shared_from_this<LiveConnections> {
public:
    LiveConnections(boost::asio::io_context& context, std::chrono::milliseconds tick)
        : context_(context), tick_(tick) {}

    boost::asio::io_context& context() const noexcept { return context_; }
    DateText& date() noexcept { return date_; }
    void add(LiveConnection& connection);
    void interrupt_idle() noexcept;

    // Interrupts those past their deadline; false when no connection is left.
    bool sweep(SteadyTime now) noexcept;

private:
    void start_sweeping();

    using List = boost::intrusive::list<LiveConnection, boost::intrusive::constant_time_size<false>>;

    boost::asio::io_context& context_;
    std::chrono::milliseconds tick_;
    List list_;
    DateText date_;
    bool sweeping_ = false;
};

}  // namespace pinrelay::net
