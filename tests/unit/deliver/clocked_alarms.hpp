#pragma once

#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/deliver/alarm.hpp"

namespace pinrelay::test {

// Alarms that ring by a test's own clock, and by real time as well. One thread.
class ClockedAlarms {
public:
    // Both are lent, to the alarms too.
    ClockedAlarms(boost::asio::io_context& context, const Time& now)
        : make_real_(deliver::steady_alarms(context)), now_(now) {}

    deliver::MakeAlarm maker() {
        return [this] { return std::make_unique<ClockedAlarm>(alarms_, make_real_(), now_); };
    }

    // Rings those whose time has come by the test's clock.
    void ring_due() {
        const auto alarms = *alarms_;
        for (ClockedAlarm* alarm : alarms) alarm->ring_if_due();
    }

private:
    class ClockedAlarm;
    using All = std::set<ClockedAlarm*>;

    class ClockedAlarm final : public deliver::Alarm {
    public:
        ClockedAlarm(std::shared_ptr<All> all, std::unique_ptr<deliver::Alarm> real, const Time& now)
            : all_(std::move(all)), real_(std::move(real)), now_(now) {
            all_->insert(this);
        }
        ~ClockedAlarm() override { all_->erase(this); }
        ClockedAlarm(const ClockedAlarm&) = delete;
        ClockedAlarm& operator=(const ClockedAlarm&) = delete;

        void set(std::optional<std::chrono::milliseconds> length, Ring ring) override {
            wait_ = std::make_shared<Wait>();
            if (length) wait_->end = now_ + *length;
            real_->set(length, [wait = wait_, ring = std::move(ring)](bool passed) { ring(passed || wait->is_over); });
        }
        void cancel() override { real_->cancel(); }

        void ring_if_due() {
            if (!wait_ || !wait_->end || *wait_->end > now_) return;
            wait_->is_over = true;
            wait_.reset();
            real_->cancel();
        }

    private:
        struct Wait {
            std::optional<Time> end;
            bool is_over = false;
        };
        std::shared_ptr<All> all_;
        std::unique_ptr<deliver::Alarm> real_;
        const Time& now_;
        std::shared_ptr<Wait> wait_;
    };

    deliver::MakeAlarm make_real_;
    const Time& now_;
    std::shared_ptr<All> alarms_ = std::make_shared<All>();  // a coroutine's own may die after this object
};

}  // namespace pinrelay::test
