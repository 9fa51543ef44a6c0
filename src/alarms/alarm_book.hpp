#pragma once

#include <chrono>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "finding.hpp"
#include "pinrelay/alarms/message.hpp"

namespace pinrelay::alarms {

// Which alarms hold, and which of them were reported. Turns what a look found into messages: see Watch.
class AlarmBook {
public:
    static constexpr std::chrono::hours pause{1};  // between two beginnings of one alarm

    // An alarm that is not among the findings does not hold.
    std::vector<Message> note(const std::vector<Finding>& findings, Time now);

    void lost(const Message& message);
    std::vector<std::pair<Kind, std::string>> holding() const;

    nlohmann::json save() const;
    bool restore(const nlohmann::json& saved);

private:
    using Key = std::pair<Kind, std::string>;  // with the account
    struct Entry {
        std::optional<Time> since;          // while it holds
        std::optional<Time> last_reported;  // when a beginning was reported
        bool reported = false;              // a beginning was reported, and no end
        std::set<std::string> subjects{};   // that were reported
    };

    void begin_or_go_on(const Finding& finding, Time now, std::vector<Message>& messages);
    void end(const Key& key, const std::string& text, Time now, std::vector<Message>& messages);
    void end_all_but(const std::vector<Finding>& findings, Time now, std::vector<Message>& messages);
    void forget_old(Time now);

    std::map<Key, Entry> entries_;
};

}  // namespace pinrelay::alarms
