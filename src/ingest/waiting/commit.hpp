#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "mailbox.hpp"
#include "pinrelay/core/result.hpp"
#include "pinrelay/spool/spool.hpp"

// The store's calls that a request waits for. Each gives an operation to be awaited, which starts by that and not
// before, and resumes on the context when the store has answered. No coroutine of their own: a request has one frame
// less.
namespace pinrelay::ingest {

// Asio throws an error code that comes as a completion's first argument; inside a struct it is a value.
struct Checked {
    Result<spool::Duplicates> result;
};

using CheckedCall = void (spool::Spool::*)(std::vector<spool::Arrival>, spool::Spool::Checked);

// A type of its own, since a capturing lambda built inside co_await is freed twice by GCC 12.
class CheckedOperation {
public:
    CheckedOperation(boost::asio::io_context& context, CheckedCall call, spool::Spool& spool,
                     std::vector<spool::Arrival> arrivals)
        : context_(&context), call_(call), spool_(&spool), arrivals_(std::move(arrivals)) {}

    template <class Completion>
    void operator()(Completion&& completion) {
        Mailbox& mailbox = mailbox_of(*context_);
        Waiter* const waiter = mailbox.keep(
            std::make_unique<Rest<std::decay_t<Completion>>>(std::forward<Completion>(completion), *context_));
        (spool_->*call_)(std::move(arrivals_),
                         [&mailbox, waiter](auto result) { mailbox.deliver(*waiter, std::move(result)); });
    }

private:
    // The rest of a coroutine, for which its context stays awake.
    template <class Completion>
    class Rest final : public Waiter {
    public:
        Rest(Completion completion, boost::asio::io_context& context)
            : completion_(std::move(completion)), work_(context.get_executor()) {}

        void resume(Result<spool::Duplicates> result) override {
            work_.reset();
            std::move(completion_)(Checked{std::move(result)});
        }

    private:
        Completion completion_;
        boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    };

    boost::asio::io_context* context_;
    CheckedCall call_;
    spool::Spool* spool_;
    std::vector<spool::Arrival> arrivals_;
};

inline auto checked_operation(boost::asio::io_context& context, CheckedCall call, spool::Spool& spool,
                              std::vector<spool::Arrival> arrivals) {
    CheckedOperation operation(context, call, spool, std::move(arrivals));
    return boost::asio::async_initiate<const boost::asio::deferred_t&, void(Checked)>(std::move(operation),
                                                                                      boost::asio::deferred);
}

// Appends the records; the answer comes when the commit that holds them is on disk. A worker is woken once for all its
// requests that one commit answers.
inline auto commit(boost::asio::io_context& context, spool::Spool& spool, std::vector<spool::Arrival> arrivals) {
    return checked_operation(context, &spool::Spool::append, spool, std::move(arrivals));
}

// What Spool::check_duplicates says.
inline auto check_duplicates(boost::asio::io_context& context, spool::Spool& spool,
                             std::vector<spool::Arrival> arrivals) {
    return checked_operation(context, &spool::Spool::check_duplicates, spool, std::move(arrivals));
}

}  // namespace pinrelay::ingest
