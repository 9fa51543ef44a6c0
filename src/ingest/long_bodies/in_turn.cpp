#include "in_turn.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <new>
#include <thread>
#include <utility>

namespace pinrelay::ingest {
namespace asio = boost::asio;

namespace {

// The rest of a coroutine, for which its context stays awake.
template <class Completion>
struct Waiting {
    Completion completion;
    asio::executor_work_guard<asio::any_io_executor> context;

    void resume(std::exception_ptr failure, bool done) {
        context.reset();
        std::move(completion)(std::move(failure), done);
    }
};

// Does not give up for want of memory: a rest that is lost would end on the wrong thread.
template <class Completion>
void resume_there(const std::shared_ptr<Waiting<Completion>>& waiting, const std::exception_ptr& failure, bool done) {
    constexpr std::chrono::milliseconds pause{1};
    while (true) {
        try {
            asio::post(waiting->context.get_executor(), [waiting, failure, done] { waiting->resume(failure, done); });
            return;
        } catch (const std::bad_alloc&) {
            std::this_thread::sleep_for(pause);
        }
    }
}

template <class Completion>
class TurnWork final : public LongBodies::Work {
public:
    TurnWork(std::function<void()> work, std::shared_ptr<Waiting<Completion>> waiting)
        : work_(std::move(work)), waiting_(std::move(waiting)) {}

    void run() noexcept override {
        std::exception_ptr failure;
        try {
            work_();
        } catch (...) {
            failure = std::current_exception();
        }
        resume_there(waiting_, failure, true);
    }

private:
    std::function<void()> work_;
    std::shared_ptr<Waiting<Completion>> waiting_;
};

// A type of its own, since a capturing lambda built inside co_await is freed twice by GCC 12.
struct TurnInitiation {
    LongBodies* long_bodies;
    Turn turn;
    std::size_t bytes;
    std::function<void()> work;
    asio::any_io_executor executor;

    template <class Completion>
    void operator()(Completion&& completion) {
        using Rest = Waiting<std::decay_t<Completion>>;
        auto waiting =
            std::make_shared<Rest>(Rest{std::forward<Completion>(completion), asio::make_work_guard(executor)});
        std::unique_ptr<LongBodies::Work> queued =
            std::make_unique<TurnWork<std::decay_t<Completion>>>(std::move(work), waiting);
        if (!long_bodies->submit(turn, bytes, queued)) resume_there(waiting, nullptr, false);
    }
};

}  // namespace

asio::awaitable<bool> in_turn(LongBodies& long_bodies, Turn turn, std::size_t bytes, std::function<void()> work) {
    auto executor = co_await asio::this_coro::executor;
    TurnInitiation initiation{&long_bodies, turn, bytes, std::move(work), executor};
    auto waiting = asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, bool)>(
        std::move(initiation), asio::use_awaitable);
    co_return co_await std::move(waiting);
}

}  // namespace pinrelay::ingest
