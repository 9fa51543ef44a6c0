#include "alarm_keeper.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <climits>
#include <system_error>
#include <utility>

#include "app/choices.hpp"
#include "pinrelay/config/file_text.hpp"
#include "state_file.hpp"

namespace pinrelay::app {
namespace {

constexpr std::chrono::minutes between_looks{1};
constexpr const char* state_file_name = "alarms.json";

std::int64_t hour_of(Time time) { return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count(); }

}  // namespace

AlarmSettings alarm_settings(boost::asio::io_context& context, const config::Config& config) {
    AlarmSettings settings;
    settings.webhook = make_webhook(context, config);
    settings.format = lookup(alarm_formats, config.alarm_format);
    for (const auto& kind : config.alarm_kinds) settings.kinds.insert(lookup(alarm_kinds, kind));
    settings.limits.late = config.warn_age;
    settings.limits.certificate = config.certificate_alarm;
    return settings;
}

std::string relay_name() {
    std::array<char, HOST_NAME_MAX + 1> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
    return name.data();
}

AlarmKeeper::AlarmKeeper(Parts parts)
    : parts_(std::move(parts)),
      timer_(parts_.context),
      sender_(
          parts_.context, parts_.metrics, parts_.logger,
          [this](const alarms::Message& message) { watch_.lost(message); }, parts_.waits) {}

void AlarmKeeper::use(AlarmSettings settings) {
    settings_ = std::move(settings);
    sender_.use(settings_.webhook);
}

void AlarmKeeper::start() {
    restore();
    look();
    wait();
}

void AlarmKeeper::wait() {
    timer_.expires_after(between_looks);
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (cancelled || is_stopped_) return;
        look();
        wait();
    });
}

void AlarmKeeper::look() {
    const Time now = parts_.clock();
    const auto messages = watch_.look(parts_.look(), settings_.limits, now);
    for (const auto& message : messages) report(message);
    show_holding();
    const auto hour = hour_of(now);
    is_save_due_ = is_save_due_ || !messages.empty() || saved_hour_ != hour;
    saved_hour_ = hour;
    save_soon();
}

void AlarmKeeper::report(const alarms::Message& message) {
    const bool begins = message.state == alarms::Message::State::Begun;
    parts_.logger.write(begins ? LogLevel::Warn : LogLevel::Info, begins ? "an alarm begins" : "an alarm is over",
                        {{"alarm", std::string(alarms::name_of(message.kind))},
                         {"destination", message.account},
                         {"cause", message.text},
                         {"advice", message.advice}});
    if (!settings_.webhook || !settings_.kinds.contains(message.kind)) return;
    sender_.send(message, alarms::body_of(message, relay_name(), settings_.format));
}

void AlarmKeeper::show_holding() {
    auto holding = watch_.holding();
    for (const auto& [kind, account] : shown_)
        if (std::ranges::find(holding, std::pair(kind, account)) == holding.end())
            parts_.metrics.alarm(account, alarms::name_of(kind), false);
    for (const auto& [kind, account] : holding) parts_.metrics.alarm(account, alarms::name_of(kind), true);
    shown_ = std::move(holding);
}

void AlarmKeeper::restore() {
    const auto file = parts_.directory / state_file_name;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return;
    const auto read = config::read_file(file);
    if (read.text && watch_.restore(*read.text)) return;
    parts_.logger.warn(
        "the state of the alarms cannot be read; an alarm that holds is reported once more, and a volume "
        "is judged after a week",
        {{"file", file.string()}, {"cause", read.text ? "it is damaged" : read.problem}});
}

void AlarmKeeper::save_soon() {
    using namespace std::chrono_literals;
    if (saving_.valid()) {
        if (saving_.wait_for(0s) != std::future_status::ready) return;
        note_saved(saving_.get());
    }
    if (!std::exchange(is_save_due_, false)) return;
    saving_ = std::async(std::launch::async, replace_file, parts_.directory / state_file_name, watch_.save());
}

void AlarmKeeper::note_saved(int error) {
    if (error == 0) {
        is_unsaved_reported_ = false;
        return;
    }
    if (std::exchange(is_unsaved_reported_, true)) return;
    parts_.logger.warn(
        "the state of the alarms cannot be written; a restart loses it",
        {{"file", (parts_.directory / state_file_name).string()}, {"cause", std::generic_category().message(error)}});
}

void AlarmKeeper::stop(std::function<void()> stopped) {
    if (std::exchange(is_stopped_, true)) return stopped();
    timer_.cancel();
    if (saving_.valid()) note_saved(saving_.get());
    // After the messages that the end loses: those that began are repeated by the next process.
    sender_.stop([this, stopped = std::move(stopped)] {
        note_saved(replace_file(parts_.directory / state_file_name, watch_.save()));
        stopped();
    });
}

}  // namespace pinrelay::app
