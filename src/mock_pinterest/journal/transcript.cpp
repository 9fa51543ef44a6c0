#include "transcript.hpp"

#include <nlohmann/json.hpp>

#include "mock_pinterest/text.hpp"

namespace pinrelay::mock {
namespace {

using nlohmann::json;

std::string printed_member(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return "";
    return found->get<std::string>();
}

// "em=86e0b9e5…" for digests; a list's other members and plain texts are people's data and only counted.
std::string describe_member(const std::string& key, const json& value) {
    constexpr std::size_t shown = 8;
    if (!value.is_array()) return key;
    std::string digests;
    for (const json& item : value) {
        const auto* text = item.get_ptr<const std::string*>();
        const bool digest = text != nullptr && is_sha256_digest(*text);
        digests += (digests.empty() ? "" : ",") + (digest ? text->substr(0, shown) + "…" : std::string("not a digest"));
    }
    return key + "=" + digests;
}

std::string describe_user_data(const json& event) {
    const auto user_data = event.find("user_data");
    if (user_data == event.end() || !user_data->is_object()) return "";
    std::string line;
    for (const auto& [key, value] : user_data->items()) line += " " + describe_member(key, value);
    return line;
}

std::string amount(const json& event) {
    const auto custom_data = event.find("custom_data");
    if (custom_data == event.end() || !custom_data->is_object()) return "";
    const std::string value = printed_member(*custom_data, "value");
    return value.empty() ? "" : "  " + value + " " + printed_member(*custom_data, "currency");
}

std::string time_of(const json& event) {
    const auto time = event.find("event_time");
    if (time == event.end() || !time->is_number_integer()) return "";
    constexpr std::int64_t largest = 253'402'300'799;  // the year 9999: past it, a calendar date says nothing
    const auto seconds = time->get<std::int64_t>();
    if (seconds < 0 || seconds > largest) return std::to_string(seconds);
    return iso_time(std::chrono::system_clock::time_point(std::chrono::seconds(seconds)));
}

// Control bytes of what came must not steer the reader's terminal.
std::string printable(std::string text) {
    constexpr unsigned char first_printable = 0x20;
    constexpr unsigned char del = 0x7f;
    for (char& c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < first_printable || byte == del) c = '?';
    }
    return text;
}

}  // namespace

std::string describe(const RequestRecord& request) {
    std::string line = "#" + std::to_string(request.number) + " " + iso_time(request.received_at) + " account " +
                       (request.account.empty() ? "?" : request.account) + (request.test ? " (test)" : "") + ": " +
                       (request.status == 0 ? std::string("no answer") : std::to_string(request.status));
    if (request.accepted) {
        line +=
            ", " + std::to_string(request.processed) + " of " + std::to_string(request.events) + " events processed";
    }
    if (!request.fault.empty()) line += ", by the script: " + request.fault;
    if (!request.message.empty()) line += ", " + request.message;
    if (!request.where.empty()) line += " (at " + request.where + ")";
    return printable(line) + "\n";
}

std::string describe(const EventRecord& record) {
    const json event = json::parse(record.json, nullptr, false);
    std::string block =
        "  " + printable(record.event_name + "  " + record.event_id + "  " + time_of(event) + amount(event)) +
        (record.verdict.processed ? "  processed" : "  FAILED") + (record.duplicate ? " (duplicate)" : "") + "\n";
    block += "     " + printable(describe_user_data(event)) + "\n";
    if (!record.verdict.error.empty()) block += "      error: " + printable(record.verdict.error) + "\n";
    if (!record.verdict.warning.empty()) block += "      warning: " + printable(record.verdict.warning) + "\n";
    return block;
}

}  // namespace pinrelay::mock
