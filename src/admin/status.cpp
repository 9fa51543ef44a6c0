#include "status.hpp"

#include <unistd.h>

#include <string_view>
#include <vector>

#include "account_json.hpp"
#include "pinrelay/core/json_writer.hpp"

namespace pinrelay::admin {
namespace {

void write_counts(JsonWriter& json, const EventCounts& counts) {
    write_number(json, "accepted", counts.accepted);
    write_number(json, "delivered", counts.delivered);
    write_number(json, "dropped", counts.dropped);
}

void write_status(JsonWriter& json, const AccountStatus& account) {
    json.begin_object();
    write_account(json, account.state);
    write_counts(json, account.total);
    write_number(json, "dead_lettered", account.dead_lettered);
    write_number(json, "duplicates", account.duplicates);
    write_time(json, "oldest_event", account.oldest_event);
    json.key("per_minute");
    json.begin_object();
    write_counts(json, account.per_minute);
    json.end_object();
    json.end_object();
}

void write_drop(JsonWriter& json, const DropCount& drop) {
    json.begin_object();
    json.member("account", drop.account);
    json.member("reason", drop.reason);
    write_number(json, "count", drop.count);
    if (!drop.advice.empty()) json.member("advice", drop.advice);
    json.end_object();
}

void write_refusal(JsonWriter& json, const RefusalCount& refusal) {
    json.begin_object();
    json.member("code", refusal.code);
    write_number(json, "count", refusal.count);
    if (!refusal.advice.empty()) json.member("advice", refusal.advice);
    json.end_object();
}

template <class Element>
void write_list(JsonWriter& json, std::string_view name, const std::vector<Element>& list,
                void (*write)(JsonWriter&, const Element&)) {
    json.key(name);
    json.begin_array();
    for (const Element& element : list) write(json, element);
    json.end_array();
}

}  // namespace

std::string status_json(const StatusReport& report, const std::optional<std::string>& not_ready) {
    JsonWriter json;
    json.begin_object();
    json.member("version", report.version);
    json.member("process", std::to_string(::getpid()));
    write_time(json, "started", report.started);
    write_time(json, "now", report.now);
    json.key("ready");
    json.raw(not_ready ? "false" : "true");
    if (not_ready) json.member("not_ready", *not_ready);
    write_list(json, "accounts", report.accounts, write_status);
    write_list(json, "reasons", report.reasons, write_drop);
    write_list(json, "refusals", report.refusals, write_refusal);
    json.end_object();
    return json.take() + "\n";
}

}  // namespace pinrelay::admin
