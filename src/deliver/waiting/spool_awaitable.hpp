#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "pinrelay/spool/dead_letter_reasons.hpp"
#include "pinrelay/spool/spool.hpp"

// The spool's calls as awaitables: a callback on the spool's thread becomes a resumption on the caller's executor.
namespace pinrelay::deliver {

// A callback for the spool that resumes `handler` on `executor`. It holds work, so that the context does not run dry
// while the spool is busy; std::function copies, hence the shared state.
template <class Value, class Handler>
std::function<void(Result<Value>)> resume_on(const boost::asio::any_io_executor& executor, Handler handler) {
    struct State {
        Handler handler;
        boost::asio::executor_work_guard<boost::asio::any_io_executor> work;
    };
    auto state = std::make_shared<State>(State{std::move(handler), boost::asio::make_work_guard(executor)});
    return [state](Result<Value> result) {
        boost::asio::post(state->work.get_executor(), [state, result = std::move(result)]() mutable {
            state->work.reset();
            std::move(state->handler)(std::move(result));
        });
    };
}

inline boost::asio::awaitable<Result<std::vector<model::StoredRecord>>> async_lease(
    boost::asio::any_io_executor executor, spool::Spool& spool, spool::LeaseRequest request) {
    using Leased = std::vector<model::StoredRecord>;
    auto initiate = [executor, &spool](auto handler, spool::LeaseRequest&& wanted) {
        spool.lease(std::move(wanted), resume_on<Leased>(executor, std::move(handler)));
    };
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Result<Leased>)>(
        std::move(initiate), boost::asio::use_awaitable, std::move(request));
}

// At most `limit` records older than `before` become dead letters for being too old; gives how many.
inline boost::asio::awaitable<Result<std::size_t>> async_expire(boost::asio::any_io_executor executor,
                                                                spool::Spool& spool, std::string destination,
                                                                Time before, std::string message, std::size_t limit) {
    auto initiate = [executor, &spool, before, limit](auto handler, std::string&& account, std::string&& why) {
        spool.expire(std::move(account), before, std::string(spool::reasons::too_old.label), std::move(why), limit,
                     resume_on<std::size_t>(executor, std::move(handler)));
    };
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Result<std::size_t>)>(
        std::move(initiate), boost::asio::use_awaitable, std::move(destination), std::move(message));
}

inline boost::asio::awaitable<Result<void>> async_settle(boost::asio::any_io_executor executor, spool::Spool& spool,
                                                         std::vector<spool::Settlement> settlements) {
    auto initiate = [executor, &spool](auto handler, std::vector<spool::Settlement>&& fates) {
        spool.settle(std::move(fates), resume_on<void>(executor, std::move(handler)));
    };
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Result<void>)>(
        std::move(initiate), boost::asio::use_awaitable, std::move(settlements));
}

}  // namespace pinrelay::deliver
