#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <string>

#include "pinrelay/alarms/message.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "webhook.hpp"

namespace pinrelay::app {

// Sends messages one after the other, each with a few tries. What its receiver does not take is counted and logged. It
// runs on the thread of its context, and so do all calls.
class AlarmSender {
public:
    // The waits between the tries of one message.
    using Waits = std::array<std::chrono::milliseconds, 3>;
    static constexpr Waits usual_waits = {std::chrono::seconds(10), std::chrono::minutes(1), std::chrono::minutes(5)};

    // Many more than there are alarms in an hour. Beyond it the oldest is lost.
    static constexpr std::size_t most_waiting = 100;

    using Lost = std::function<void(const alarms::Message&)>;

    AlarmSender(boost::asio::io_context& context, metrics::Metrics& metrics, Logger& logger, Lost lost,
                Waits waits = usual_waits)
        : context_(context),
          pause_(context),
          metrics_(metrics),
          logger_(logger),
          lost_(std::move(lost)),
          waits_(waits) {}

    // A message that waits goes to the receiver that is in use by then; without one it is lost.
    void use(std::shared_ptr<Webhook> webhook) { webhook_ = std::move(webhook); }

    void send(alarms::Message message, std::string body);

    // Ends the try that is under way; what waits is lost. Calls `stopped` once, when nothing runs any more.
    void stop(std::function<void()> stopped);

private:
    struct Waiting {
        alarms::Message message;
        std::string body;
    };

    boost::asio::awaitable<void> send_all();
    boost::asio::awaitable<WebhookAnswer> try_to_send(std::string body);
    void ended(const std::exception_ptr& failure);
    void lose(const alarms::Message& message, const std::string& reason);
    void lose_all();

    boost::asio::io_context& context_;
    boost::asio::steady_timer pause_;
    boost::asio::cancellation_signal cancel_;
    metrics::Metrics& metrics_;
    Logger& logger_;
    Lost lost_;
    const Waits waits_;
    std::shared_ptr<Webhook> webhook_;
    std::deque<Waiting> waiting_;  // the first one is under way while `is_sending_`
    std::function<void()> stopped_;
    bool is_sending_ = false;
    bool is_stopping_ = false;
};

}  // namespace pinrelay::app
