#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/deliver/alarm.hpp"

namespace pinrelay::simulation {

using namespace std::chrono_literals;

// A clock that jumps from one thing that is due to the next: hours pass in milliseconds, and always in the same way.
class SimTime {
public:
    using Key = std::pair<Time, std::uint64_t>;  // equal times in the order in which they were asked for

    Time now = Time(1'780'000'000s);
    Clock clock() {
        return [this] { return now; };
    }

    Key at(Time moment, std::function<void()> action) {
        const Key key{moment, ++sequence_};
        due_.emplace(key, std::move(action));
        return key;
    }
    Key after(std::chrono::microseconds length, std::function<void()> action) {
        return at(now + length, std::move(action));
    }

    // The process died: nothing of it happens any more.
    void forget_all() { const auto dropped = std::exchange(due_, {}); }

    // Lets everything happen that happens until then.
    void run_until(boost::asio::io_context& context, Time end) {
        for (;;) {
            context.restart();
            while (context.poll() > 0) {
            }
            if (due_.empty() || due_.begin()->first.first > end) break;
            const auto next = due_.extract(due_.begin());
            now = std::max(now, next.key().first);
            next.mapped()();
        }
        now = std::max(now, end);
    }

    deliver::MakeAlarm alarms(boost::asio::io_context& context) {
        return [this, &context] { return std::make_unique<SimAlarm>(*this, context); };
    }

private:
    // Its ring lies in `due_` alone, so that forgetting all destroys the coroutines that wait for it.
    class SimAlarm final : public deliver::Alarm {
    public:
        SimAlarm(SimTime& time, boost::asio::io_context& context) : time_(time), context_(context) {}
        ~SimAlarm() override { time_.due_.erase(key_); }

        void set(std::optional<std::chrono::milliseconds> length, Ring ring) override {
            cancel();
            const auto shared = std::make_shared<Ring>(std::move(ring));
            ring_ = shared;
            key_ = time_.at(length ? time_.now + *length : Time::max(), [shared] { (*shared)(true); });
        }

        void cancel() override {
            const auto node = time_.due_.extract(key_);
            const auto ring = ring_.lock();
            if (!node.empty() && ring) boost::asio::post(context_, [ring] { (*ring)(false); });
        }

    private:
        SimTime& time_;
        boost::asio::io_context& context_;
        std::weak_ptr<Ring> ring_;
        Key key_{};
    };

    std::map<Key, std::function<void()>> due_;
    std::uint64_t sequence_ = 0;
};

}  // namespace pinrelay::simulation
