#pragma once

#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/intrusive/list.hpp>
#include <memory>
#include <mutex>
#include <vector>

#include "pinrelay/core/result.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::ingest {

// What a coroutine does once the store has answered.
class Waiter : public boost::intrusive::list_base_hook<> {
public:
    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    virtual ~Waiter() = default;

    virtual void resume(Result<spool::Duplicates> result) = 0;
};

// The answers that the spool's thread has for one worker. One wake-up per swap: posting each answer by itself costs
// more than twice as much. A service, so that each worker's context owns exactly one.
class Mailbox final : public boost::asio::execution_context::service {
public:
    using key_type = Mailbox;
    static boost::asio::execution_context::id id;

    explicit Mailbox(boost::asio::execution_context& context);
    ~Mailbox() override;
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    // Keeps it until its answer has come, or until the context ends. On the context's thread.
    Waiter* keep(std::unique_ptr<Waiter> waiter) noexcept;

    // Resumes a kept one, once, on the context's thread. Any thread.
    void deliver(Waiter& waiter, Result<spool::Duplicates> result);

private:
    struct Answer {
        Waiter* waiter;
        Result<spool::Duplicates> result;
    };

    void shutdown() override;
    void open();

    boost::asio::io_context& context_;
    boost::intrusive::list<Waiter> waiting_;
    std::mutex mutex_;
    std::vector<Answer> answers_;
};

Mailbox& mailbox_of(boost::asio::io_context& context);

}  // namespace pinrelay::ingest
