#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "pinrelay/deliver/alarm.hpp"

namespace pinrelay::deliver {

// Suspends until the alarm rings. A cancellation of the coroutine goes unheard meanwhile: cancel the alarm.
inline boost::asio::awaitable<void> async_sleep(const boost::asio::any_io_executor& executor, Alarm& alarm,
                                                std::optional<std::chrono::milliseconds> length) {
    auto initiate = [executor, &alarm, length](auto handler) {
        struct State {
            decltype(handler) resume;
            boost::asio::executor_work_guard<boost::asio::any_io_executor> work;
        };
        auto state = std::make_shared<State>(State{std::move(handler), boost::asio::make_work_guard(executor)});
        alarm.set(length, [state](bool) {
            state->work.reset();
            std::move(state->resume)();
        });
    };
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(std::move(initiate),
                                                                                     boost::asio::use_awaitable);
}

}  // namespace pinrelay::deliver
