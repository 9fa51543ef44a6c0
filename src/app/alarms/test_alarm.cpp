#include "pinrelay/app/test_alarm.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>

#include "alarm_keeper.hpp"

namespace pinrelay::app {

TestAlarm send_test_alarm(const config::Config& config) {
    boost::asio::io_context context;
    const auto settings = alarm_settings(context, config);
    if (!settings.webhook) return {false, "there is no alarms.webhook"};
    WebhookAnswer answer;
    boost::asio::co_spawn(context,
                          settings.webhook->post(alarms::test_body(relay_name(), system_now(), settings.format)),
                          [&answer](const std::exception_ptr& failure, WebhookAnswer found) {
                              if (failure) std::rethrow_exception(failure);
                              answer = std::move(found);
                          });
    context.run();
    return {answer.fate == WebhookAnswer::Fate::Taken, answer.reason};
}

}  // namespace pinrelay::app
