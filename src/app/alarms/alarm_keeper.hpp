#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "alarm_sender.hpp"
#include "pinrelay/alarms/watch.hpp"
#include "pinrelay/config/config.hpp"
#include "pinrelay/core/clock.hpp"

namespace pinrelay::app {

// What the configuration decides about alarms.
struct AlarmSettings {
    std::shared_ptr<Webhook> webhook;  // null pointer for none
    alarms::Format format = alarms::Format::Json;
    std::set<alarms::Kind> kinds;  // that are sent
    alarms::Limits limits;
};

// Throws std::runtime_error where the webhook cannot be used.
AlarmSettings alarm_settings(boost::asio::io_context& context, const config::Config& config);

// The machine's name, for messages.
std::string relay_name();

// Looks at the relay once a minute and reports what begins and what is over: in the log, in the metrics, and to the
// webhook. What a restart must not lose is in the file `alarms.json` of the data directory. It runs on the thread of
// its context, and so do all calls.
class AlarmKeeper {
public:
    using Look = std::function<alarms::Observation()>;

    // What is lent outlives the keeper.
    struct Parts {
        boost::asio::io_context& context;
        metrics::Metrics& metrics;
        Logger& logger;
        Clock clock;
        Look look;
        std::filesystem::path directory;
        AlarmSender::Waits waits = AlarmSender::usual_waits;
    };
    explicit AlarmKeeper(Parts parts);

    void use(AlarmSettings settings);

    // Reads the file and looks for the first time.
    void start();

    // What the timer does each minute.
    void look();

    // Writes the file. Calls `stopped` once, when nothing is under way any more.
    void stop(std::function<void()> stopped);

private:
    void wait();
    void report(const alarms::Message& message);
    void show_holding();
    void restore();
    void save_soon();
    void note_saved(int error);

    Parts parts_;
    boost::asio::steady_timer timer_;
    AlarmSettings settings_;
    alarms::Watch watch_;
    AlarmSender sender_;
    std::vector<std::pair<alarms::Kind, std::string>> shown_;  // in the metrics as holding
    std::optional<std::int64_t> saved_hour_;
    std::future<int> saving_;  // on a thread of its own, since the disk may take long
    bool is_save_due_ = false;
    bool is_unsaved_reported_ = false;
    bool is_stopped_ = false;
};

}  // namespace pinrelay::app
