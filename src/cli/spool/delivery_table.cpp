#include "delivery_table.hpp"

#include "cli/watch/json_text.hpp"
#include "pinrelay/model/value.hpp"
#include "text.hpp"

namespace pinrelay::cli {
namespace {

using model::Value;

std::string ago(std::optional<Time> time, Time now) { return time ? age_text(*time, now) + " ago" : "-"; }

std::string in_future(std::optional<Time> time, Time now) {
    if (!time) return "-";
    return *time <= now ? "now" : "in " + age_text(now, *time);
}

std::string last_answer(const DeliveryState& state, Time now) {
    if (state.last_answer.empty()) return "-";
    return printable(state.last_answer) + ", " + ago(state.answered, now);
}

}  // namespace

std::optional<DeliveryAnswer> read_delivery_answer(const std::string& body) {
    model::Arena arena;
    const auto parsed = model::parse_json(body, arena);
    const auto* document = std::get_if<Value>(&parsed);
    const Value* accounts = document == nullptr ? nullptr : document->find("accounts");
    if (accounts == nullptr || !accounts->is_array()) return std::nullopt;
    DeliveryAnswer answer;
    answer.process = text_at(*document, "process");
    for (const Value& account : accounts->items())
        answer.accounts[text_at(account, "account")] = {
            text_at(account, "delivery"), text_at(account, "reason"),       text_at(account, "last_answer"),
            time_at(account, "since"),    time_at(account, "next_try"),     time_at(account, "answered"),
            text_at(account, "attempts"), text_at(account, "waiting_alone")};
    return answer;
}

std::vector<std::vector<std::string>> delivery_table(const std::vector<std::string>& accounts,
                                                     const DeliveryAnswer& answer, Time now) {
    std::vector<std::vector<std::string>> table = {
        {"account", "delivery", "since", "attempts", "next try", "last answer", "alone", "why"}};
    for (const auto& name : accounts) {
        const auto found = answer.accounts.find(name);
        if (found == answer.accounts.end()) {
            table.push_back({printable(name), "not configured", "-", "-", "-", "-", "-", "its events wait"});
            continue;
        }
        const DeliveryState& state = found->second;
        table.push_back({printable(name), printable(state.delivery), ago(state.since, now),
                         state.attempts.empty() ? "-" : printable(state.attempts), in_future(state.next_try, now),
                         last_answer(state, now), printable(state.waiting_alone),
                         state.reason.empty() ? "-" : printable(state.reason)});
    }
    return table;
}

}  // namespace pinrelay::cli
