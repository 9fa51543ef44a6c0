#include "hourly_counts.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "alarms/saved.hpp"

namespace pinrelay::alarms {
namespace {

using nlohmann::json;

// Whole numbers up to `most`, and `size` of them; nothing for any other value.
template <class Number>
std::optional<std::vector<Number>> read_numbers(const json* list, std::size_t size) {
    if (list == nullptr || !list->is_array() || list->size() != size) return std::nullopt;
    std::vector<Number> numbers;
    numbers.reserve(size);
    for (const json& entry : *list) {
        if (!entry.is_number_unsigned()) return std::nullopt;
        const auto number = entry.get<std::uint64_t>();
        if (number > std::numeric_limits<Number>::max()) return std::nullopt;
        numbers.push_back(static_cast<Number>(number));
    }
    return numbers;
}

}  // namespace

// False for an hour that is too old to be kept.
bool HourlyCounts::move_to(Hour hour) {
    if (hour <= latest_) return is_kept(hour);
    for (Hour fresh = std::max(latest_ + 1, hour - hours_kept + 1); fresh <= hour; ++fresh) {
        minutes_[place_of(fresh)] = 0;
        for (auto& [key, cells] : series_) cells[place_of(fresh)] = 0;
    }
    latest_ = hour;
    forget_empty_series();
    return true;
}

void HourlyCounts::forget_empty_series() {
    std::erase_if(series_, [](const auto& known) {
        return std::ranges::all_of(known.second, [](std::uint32_t count) { return count == 0; });
    });
}

void HourlyCounts::add(const Key& key, std::uint64_t count, Time now) {
    if (count == 0 || !move_to(hour_of(now))) return;
    auto found = series_.find(key);
    if (found == series_.end()) {
        if (series_.size() >= most_series) return;
        found = series_.emplace(key, Cells(hours_kept)).first;
    }
    std::uint32_t& cell = found->second[place_of(hour_of(now))];
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    cell = static_cast<std::uint32_t>(std::min(most, cell + std::min(most, count)));
}

void HourlyCounts::minute_passed(Time now) {
    if (!move_to(hour_of(now))) return;
    std::uint8_t& minutes = minutes_[place_of(hour_of(now))];
    if (minutes < std::numeric_limits<std::uint8_t>::max()) ++minutes;
}

std::optional<std::uint32_t> HourlyCounts::count(const Key& key, Hour hour) const {
    if (!is_kept(hour) || minutes_[place_of(hour)] < whole_hour) return std::nullopt;
    const auto found = series_.find(key);
    return found == series_.end() ? 0 : found->second[place_of(hour)];
}

std::vector<HourlyCounts::Key> HourlyCounts::keys() const {
    std::vector<Key> keys;
    for (const auto& [key, cells] : series_) keys.push_back(key);
    return keys;
}

json HourlyCounts::save() const {
    json list = json::array();
    for (const auto& [key, cells] : series_)
        list.push_back({{"account", key.first}, {"event", key.second}, {"counts", cells}});
    return {{"latest_hour", latest_}, {"minutes", minutes_}, {"series", std::move(list)}};
}

bool HourlyCounts::restore(const json& saved) {
    HourlyCounts restored;
    const auto latest = find_whole(saved, "latest_hour");
    const auto minutes = read_numbers<std::uint8_t>(find_member(saved, "minutes"), hours_kept);
    const json* list = find_member(saved, "series");
    constexpr Hour latest_possible = 1'140'000;  // the year 2100
    if (!latest || *latest < 0 || *latest > latest_possible || !minutes || list == nullptr || !list->is_array() ||
        list->size() > most_series)
        return false;
    restored.latest_ = *latest;
    std::ranges::copy(*minutes, restored.minutes_.begin());
    for (const json& row : *list) {
        const auto* account = find_text(row, "account");
        const auto* event = find_text(row, "event");
        auto cells = read_numbers<std::uint32_t>(find_member(row, "counts"), hours_kept);
        if (account == nullptr || event == nullptr || !cells) return false;
        restored.series_[{*account, *event}] = std::move(*cells);
    }
    *this = std::move(restored);
    return true;
}

}  // namespace pinrelay::alarms
