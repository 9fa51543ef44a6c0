#include "alarm_book.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "saved.hpp"

namespace pinrelay::alarms {
namespace {

using nlohmann::json;

bool includes(const std::set<std::string>& all, const std::set<std::string>& some) {
    return std::ranges::includes(all, some);
}

// A clock that was set back must not silence an alarm for longer than the pause.
bool has_passed(const std::optional<Time>& last, Time now) {
    return !last || now < *last || now - *last >= AlarmBook::pause;
}

std::optional<Kind> kind_named(const std::string& name) {
    for (const auto& [kind, known] : kind_names)
        if (known == name) return kind;
    return std::nullopt;
}

}  // namespace

std::vector<Message> AlarmBook::note(const std::vector<Finding>& findings, Time now) {
    std::vector<Message> messages;
    for (const Finding& finding : findings) {
        if (!finding.holds) continue;
        if (*finding.holds)
            begin_or_go_on(finding, now, messages);
        else
            end({finding.kind, finding.account}, finding.text, now, messages);
    }
    end_all_but(findings, now, messages);
    forget_old(now);
    return messages;
}

void AlarmBook::begin_or_go_on(const Finding& finding, Time now, std::vector<Message>& messages) {
    Entry& entry = entries_[{finding.kind, finding.account}];
    if (!entry.since) entry.since = now;
    const bool is_reported = entry.reported && includes(entry.subjects, finding.subjects);
    if (is_reported || !has_passed(entry.last_reported, now)) return;
    entry.reported = true;
    entry.last_reported = now;
    entry.subjects = finding.subjects;
    messages.push_back({finding.kind, Message::State::Begun, finding.account, finding.subjects, *entry.since, now,
                        finding.text, finding.advice});
}

void AlarmBook::end(const Key& key, const std::string& text, Time now, std::vector<Message>& messages) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return;
    Entry& entry = found->second;
    if (entry.reported)
        messages.push_back(
            {key.first, Message::State::Over, key.second, entry.subjects, entry.since.value_or(now), now, text, ""});
    entry.reported = false;
    entry.since.reset();
    entry.subjects.clear();
}

void AlarmBook::end_all_but(const std::vector<Finding>& findings, Time now, std::vector<Message>& messages) {
    for (const auto& [key, entry] : entries_) {
        const bool is_found = std::ranges::any_of(
            findings, [&key = key](const Finding& finding) { return Key(finding.kind, finding.account) == key; });
        if (!is_found) end(key, "Nothing reports it any more.", now, messages);
    }
}

void AlarmBook::forget_old(Time now) {
    std::erase_if(entries_, [now](const auto& known) {
        const Entry& entry = known.second;
        return !entry.since && !entry.reported && has_passed(entry.last_reported, now);
    });
}

void AlarmBook::lost(const Message& message) {
    if (message.state != Message::State::Begun) return;
    const auto found = entries_.find({message.kind, message.account});
    if (found != entries_.end()) found->second.reported = false;
}

std::vector<std::pair<Kind, std::string>> AlarmBook::holding() const {
    std::vector<Key> keys;
    for (const auto& [key, entry] : entries_)
        if (entry.since) keys.push_back(key);
    return keys;
}

json AlarmBook::save() const {
    json list = json::array();
    for (const auto& [key, entry] : entries_) {
        json row{{"kind", name_of(key.first)}, {"account", key.second}, {"reported", entry.reported}};
        if (entry.since) row["since"] = seconds_of(*entry.since);
        if (entry.last_reported) row["last_reported"] = seconds_of(*entry.last_reported);
        row["subjects"] = entry.subjects;
        list.push_back(std::move(row));
    }
    return list;
}

bool AlarmBook::restore(const json& saved) {
    if (!saved.is_array()) return false;
    std::map<Key, Entry> entries;
    for (const json& row : saved) {
        const auto* name = find_text(row, "kind");
        const auto* account = find_text(row, "account");
        const auto kind = name == nullptr ? std::nullopt : kind_named(*name);
        if (!kind || account == nullptr) return false;
        Entry& entry = entries[{*kind, *account}];
        entry.reported = find_bool(row, "reported").value_or(false);
        entry.since = find_time(row, "since");
        entry.last_reported = find_time(row, "last_reported");
        for (const std::string* subject : find_texts(row, "subjects")) entry.subjects.insert(*subject);
    }
    entries_ = std::move(entries);
    return true;
}

}  // namespace pinrelay::alarms
