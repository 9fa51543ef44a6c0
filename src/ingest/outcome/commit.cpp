#include "commit.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <mutex>
#include <utility>

namespace pinrelay::ingest {
namespace asio = boost::asio;

namespace {

// Asio throws an error code that comes as a completion's first argument; inside a struct it is a value.
struct Checked {
    Result<spool::Duplicates> result;
};

struct Waiter {
    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    virtual ~Waiter() = default;
    virtual void resume(Result<spool::Duplicates> result) = 0;
};

template <class Completion>
class CompletionWaiter final : public Waiter {
public:
    CompletionWaiter(Completion completion, const asio::any_io_executor& executor)
        : completion_(std::move(completion)), work_(asio::make_work_guard(executor)) {}

    void resume(Result<spool::Duplicates> result) override {
        work_.reset();
        std::move(completion_)(Checked{std::move(result)});
    }

private:
    Completion completion_;
    asio::executor_work_guard<asio::any_io_executor> work_;  // the worker's context does not run dry meanwhile
};

// The answers that the spool's thread has for one worker. One wake-up per swap: posting each answer by itself costs
// more than twice as much. A service, so that each worker's context owns exactly one.
class Mailbox final : public asio::execution_context::service {
public:
    using key_type = Mailbox;
    static inline asio::execution_context::id id;  // NOLINT(cert-err58-cpp): it is empty

    explicit Mailbox(asio::execution_context& context) : asio::execution_context::service(context) {}

    void deliver(const asio::any_io_executor& executor, std::shared_ptr<Waiter> waiter,
                 Result<spool::Duplicates> result) {
        bool wake = false;
        {
            const std::lock_guard lock(mutex_);
            wake = answers_.empty();
            answers_.push_back({std::move(waiter), std::move(result)});
        }
        if (wake) asio::post(executor, [this] { open(); });
    }

private:
    struct Answer {
        std::shared_ptr<Waiter> waiter;
        Result<spool::Duplicates> result;
    };

    void shutdown() override {
        const std::lock_guard lock(mutex_);
        answers_.clear();
    }

    void open() {
        std::vector<Answer> answers;
        {
            const std::lock_guard lock(mutex_);
            answers.swap(answers_);
        }
        for (auto& answer : answers) answer.waiter->resume(std::move(answer.result));
    }

    std::mutex mutex_;
    std::vector<Answer> answers_;
};

using Call = void (spool::Spool::*)(std::vector<spool::Arrival>, spool::Spool::Checked);

// A type of its own, since a capturing lambda built inside co_await is freed twice by GCC 12.
struct Initiation {
    Call call;
    spool::Spool* spool;
    std::vector<spool::Arrival> arrivals;
    asio::any_io_executor executor;
    Mailbox* mailbox;

    template <class Completion>
    void operator()(Completion&& completion) {
        std::shared_ptr<Waiter> waiter = std::make_shared<CompletionWaiter<std::decay_t<Completion>>>(
            std::forward<Completion>(completion), executor);
        (spool->*call)(std::move(arrivals), [mailbox = mailbox, executor = executor, waiter](auto result) {
            mailbox->deliver(executor, waiter, std::move(result));
        });
    }
};

asio::awaitable<Result<spool::Duplicates>> ask(Call call, spool::Spool& spool, std::vector<spool::Arrival> arrivals) {
    auto executor = co_await asio::this_coro::executor;
    auto& context = asio::query(executor, asio::execution::context);
    Initiation initiation{call, &spool, std::move(arrivals), executor, &asio::use_service<Mailbox>(context)};
    auto asking =
        asio::async_initiate<const asio::use_awaitable_t<>, void(Checked)>(std::move(initiation), asio::use_awaitable);
    Checked checked = co_await std::move(asking);
    co_return std::move(checked.result);
}

}  // namespace

asio::awaitable<Result<spool::Duplicates>> commit(spool::Spool& spool, std::vector<spool::Arrival> arrivals) {
    return ask(&spool::Spool::append, spool, std::move(arrivals));
}

asio::awaitable<Result<spool::Duplicates>> check_duplicates(spool::Spool& spool, std::vector<spool::Arrival> arrivals) {
    return ask(&spool::Spool::check_duplicates, spool, std::move(arrivals));
}

}  // namespace pinrelay::ingest
