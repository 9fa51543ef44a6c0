#include "control.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace pinrelay::mock {
namespace {

constexpr std::string_view control_path = "/__mock/";
constexpr int not_found = 404;
constexpr int invalid_control = 400;

std::string message(std::string_view text) {
    return nlohmann::json{{"message", text}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string summary_json(const Summary& summary) {
    nlohmann::ordered_json object;
    object["requests"] = summary.requests;
    object["accepted_requests"] = summary.accepted_requests;
    object["events"] = summary.events;
    object["processed"] = summary.processed;
    object["failed"] = summary.failed;
    object["unique"] = summary.unique;
    object["duplicates"] = summary.duplicates;
    object["test_events"] = summary.test_events;
    object["connections"] = summary.connections;
    object["handshake_failures"] = summary.handshake_failures;
    return object.dump();
}

std::string events_json(const Journal& journal) {
    std::string list = "[";
    for (const EventRecord& event : journal.events()) {
        if (list.size() > 1) list += ",\n";
        list += record_line(event);
    }
    return list + "]";
}

ControlAnswer replace_script(std::string_view body, ScriptPlayer& script) {
    try {
        script.replace(parse_script(body));
    } catch (const std::invalid_argument& problem) {
        return {invalid_control, message(problem.what())};
    }
    return {200, message("the script is in play")};
}

}  // namespace

bool is_control(std::string_view target) noexcept { return target.substr(0, control_path.size()) == control_path; }

ControlAnswer answer_control(std::string_view method, std::string_view target, std::string_view body, Journal& journal,
                             ScriptPlayer& script) {
    const std::string_view page = target.substr(control_path.size());
    if (method == "GET" && page == "summary") return {200, summary_json(journal.summary())};
    if (method == "GET" && page == "events") return {200, events_json(journal)};
    if (method == "PUT" && page == "script") return replace_script(body, script);
    return {not_found, message("GET /__mock/summary, GET /__mock/events or PUT /__mock/script")};
}

}  // namespace pinrelay::mock
