#include <boost/asio/steady_timer.hpp>
#include <utility>

#include "pinrelay/core/result.hpp"
#include "pinrelay/deliver/alarm.hpp"

namespace pinrelay::deliver {
namespace asio = boost::asio;

namespace {

class SteadyAlarm final : public Alarm {
public:
    explicit SteadyAlarm(asio::io_context& context) : timer_(context) {}

    void set(std::optional<std::chrono::milliseconds> length, Ring ring) override {
        if (length) {
            timer_.expires_after(*length);
        } else {
            timer_.expires_at(asio::steady_timer::time_point::max());
        }
        timer_.async_wait([ring = std::move(ring)](const ErrorCode& error) { ring(!error); });
    }

    void cancel() override { timer_.cancel(); }

private:
    asio::steady_timer timer_;
};

}  // namespace

MakeAlarm steady_alarms(asio::io_context& context) {
    return [&context] { return std::make_unique<SteadyAlarm>(context); };
}

}  // namespace pinrelay::deliver
