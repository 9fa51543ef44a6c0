#include "mailbox.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace pinrelay::ingest {
namespace asio = boost::asio;

asio::execution_context::id Mailbox::id;  // NOLINT(cert-err58-cpp): it is empty

Mailbox::Mailbox(asio::execution_context& context)
    : asio::execution_context::service(context), context_(static_cast<asio::io_context&>(context)) {}

Mailbox::~Mailbox() = default;

Waiter* Mailbox::keep(std::unique_ptr<Waiter> waiter) noexcept {
    waiting_.push_back(*waiter);
    return waiter.release();
}

void Mailbox::deliver(Waiter& waiter, Result<spool::Duplicates> result) {
    bool wake = false;
    {
        const std::lock_guard lock(mutex_);
        wake = answers_.empty();
        answers_.push_back({&waiter, std::move(result)});
    }
    if (wake) asio::post(context_, [this] { open(); });
}

void Mailbox::open() {
    std::vector<Answer> answers;
    {
        const std::lock_guard lock(mutex_);
        answers.swap(answers_);
    }
    for (Answer& answer : answers) {
        waiting_.erase(waiting_.iterator_to(*answer.waiter));
        const std::unique_ptr<Waiter> waiter(answer.waiter);
        waiter->resume(std::move(answer.result));
    }
}

// The coroutines' ends may reach this object, so none ends while the list is looked at.
void Mailbox::shutdown() {
    while (!waiting_.empty()) {
        const std::unique_ptr<Waiter> waiter(&waiting_.front());
        waiting_.pop_front();
    }
}

Mailbox& mailbox_of(asio::io_context& context) { return asio::use_service<Mailbox>(context); }

}  // namespace pinrelay::ingest
