#include "pinrelay/alarms/watch.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "alarm_book.hpp"
#include "alarms/volume/volume_watch.hpp"
#include "conditions.hpp"
#include "dead_letter_pace.hpp"
#include "saved.hpp"

namespace pinrelay::alarms {
namespace {

using nlohmann::json;

constexpr std::int64_t state_version = 1;  // of the saved state

void append(std::vector<Finding>& all, std::vector<Finding> more) { std::ranges::move(more, std::back_inserter(all)); }

}  // namespace

struct Watch::Parts {
    Conditions conditions;
    DeadLetterPace dead_letters;
    VolumeWatch volume;
    AlarmBook book;
};

Watch::Watch() : parts_(std::make_unique<Parts>()) {}
Watch::~Watch() = default;

std::vector<Message> Watch::look(const Observation& now_seen, const Limits& limits, Time now) {
    auto findings = parts_->conditions.look(now_seen, limits, now);
    append(findings, parts_->dead_letters.look(now_seen.accounts, now));
    append(findings, parts_->volume.look(now_seen.accounts, now));
    return parts_->book.note(findings, now);
}

void Watch::lost(const Message& message) { parts_->book.lost(message); }

std::vector<std::pair<Kind, std::string>> Watch::holding() const { return parts_->book.holding(); }

std::string Watch::save() const {
    const json state{{"version", state_version}, {"alarms", parts_->book.save()}, {"volume", parts_->volume.save()}};
    return state.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool Watch::restore(std::string_view text) {
    const json state = json::parse(text, nullptr, false);
    const json* book = find_member(state, "alarms");
    const json* volume = find_member(state, "volume");
    if (find_whole(state, "version") != state_version || book == nullptr || volume == nullptr) return false;
    AlarmBook restored;
    if (!restored.restore(*book) || !parts_->volume.restore(*volume)) return false;
    parts_->book = std::move(restored);
    return true;
}

}  // namespace pinrelay::alarms
