#include "account_json.hpp"

#include <chrono>
#include <string>

namespace pinrelay::admin {

void write_number(JsonWriter& json, std::string_view name, std::uint64_t number) {
    json.key(name);
    json.raw(std::to_string(number));
}

void write_time(JsonWriter& json, std::string_view name, std::optional<Time> time) {
    if (!time) return;
    json.key(name);
    json.raw(std::to_string(std::chrono::floor<std::chrono::seconds>(time->time_since_epoch()).count()));
}

void write_account(JsonWriter& json, const AccountState& account) {
    json.member("account", account.name);
    json.member("delivery", account.delivery);
    write_number(json, "pending", account.pending);
    write_number(json, "waiting_alone", account.waiting_alone);
    if (!account.reason.empty()) {
        json.member("reason", account.reason);
        write_number(json, "attempts", account.attempts);
    }
    write_time(json, "since", account.since);
    write_time(json, "next_try", account.next_try);
    if (!account.last_answer.empty()) json.member("last_answer", account.last_answer);
    write_time(json, "answered", account.answered);
}

}  // namespace pinrelay::admin
