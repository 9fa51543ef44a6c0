#include "alarm_sender.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace pinrelay::app {
namespace asio = boost::asio;

void AlarmSender::send(alarms::Message message, std::string body) {
    if (is_stopping_) return lose(message, "the relay stops");
    if (waiting_.size() >= most_waiting) {
        const auto oldest = waiting_.begin() + (is_sending_ ? 1 : 0);
        lose(oldest->message, "too many messages wait");
        waiting_.erase(oldest);
    }
    waiting_.push_back({std::move(message), std::move(body)});
    if (std::exchange(is_sending_, true)) return;
    asio::co_spawn(
        context_, send_all(),
        asio::bind_cancellation_slot(cancel_.slot(), [this](const std::exception_ptr& failure) { ended(failure); }));
}

void AlarmSender::stop(std::function<void()> stopped) {
    is_stopping_ = true;
    if (!is_sending_) return stopped();
    stopped_ = std::move(stopped);
    pause_.cancel();
    cancel_.emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> AlarmSender::send_all() {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!waiting_.empty() && !is_stopping_) {
        auto trying = try_to_send(waiting_.front().body);
        const WebhookAnswer answer = co_await std::move(trying);
        const Waiting sent = std::move(waiting_.front());
        waiting_.pop_front();
        if (answer.fate == WebhookAnswer::Fate::Taken)
            metrics_.alarm_message(true);
        else
            lose(sent.message, answer.reason);
    }
}

asio::awaitable<WebhookAnswer> AlarmSender::try_to_send(std::string body) {
    WebhookAnswer answer{WebhookAnswer::Fate::Refused, "there is no receiver any more"};
    for (std::size_t tries = 0; webhook_ && !is_stopping_; ++tries) {
        const auto webhook = webhook_;
        auto posting = webhook->post(body);
        answer = co_await std::move(posting);
        if (answer.fate != WebhookAnswer::Fate::Failed || tries == waits_.size() || is_stopping_) break;
        pause_.expires_after(waits_[tries]);
        ErrorCode ignored;
        co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    co_return answer;
}

void AlarmSender::ended(const std::exception_ptr& failure) {
    is_sending_ = false;
    if (failure || is_stopping_) lose_all();
    if (auto stopped = std::exchange(stopped_, nullptr)) stopped();
}

void AlarmSender::lose_all() {
    for (const Waiting& left : waiting_) lose(left.message, "the relay stops");
    waiting_.clear();
}

void AlarmSender::lose(const alarms::Message& message, const std::string& reason) {
    metrics_.alarm_message(false);
    logger_.error(
        "a message about an alarm reached nobody; check alarms.webhook with pinrelay check --alarms",
        {{"alarm", std::string(alarms::name_of(message.kind))}, {"destination", message.account}, {"reason", reason}});
    lost_(message);
}

}  // namespace pinrelay::app
