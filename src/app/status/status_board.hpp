#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <vector>

#include "pinrelay/admin/status.hpp"
#include "recent_counts.hpp"

namespace pinrelay::app {

// What the relay counts, for the admin port. Looks at the counts from time to time, until it is stopped. All calls come
// from the thread of its context, but for the constructor and `start`.
class StatusBoard {
public:
    using Look = std::function<Moment()>;

    StatusBoard(boost::asio::io_context& context, Look look) : timer_(context), look_(std::move(look)) {}

    void start();
    void stop();

    // `states`: the accounts of the configuration in force.
    admin::StatusReport report(std::vector<admin::AccountState> states) const;

private:
    void wait();

    boost::asio::steady_timer timer_;
    const Look look_;
    const Time started_ = system_now();
    RecentCounts recent_;
    bool stopped_ = false;
};

// The report of these accounts. Pure.
admin::StatusReport status_report(std::vector<admin::AccountState> states, const Moment& now,
                                  const RecentCounts& recent);

}  // namespace pinrelay::app
