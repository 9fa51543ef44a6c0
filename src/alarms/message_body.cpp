#include <cstdint>
#include <string>

#include "pinrelay/alarms/message.hpp"
#include "pinrelay/core/json_writer.hpp"

namespace pinrelay::alarms {
namespace {

constexpr std::int64_t version = 1;  // of the body; see docs/alarms.md

std::int64_t unix_seconds(Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string_view name_of(Message::State state) { return state == Message::State::Begun ? "begun" : "over"; }

// "Pinrelay on shop-1, pinterest:549755885175: delivery is paused …" for people.
std::string sentence(const Message& message, std::string_view relay) {
    std::string text = "Pinrelay on ";
    text.append(relay);
    if (!message.account.empty()) text.append(", account ").append(message.account);
    text.append(message.state == Message::State::Over ? " (over): " : ": ").append(message.text);
    if (!message.advice.empty()) text.append(" ").append(message.advice);
    return text;
}

// The same for a beginning and its end, so that a receiver can put both together.
std::string id_of(const Message& message, std::string_view relay) {
    std::string id(relay);
    id.append("/").append(name_of(message.kind));
    if (!message.account.empty()) id.append("/").append(message.account);
    return id;
}

// For chat programs: the text alone, with the three characters that mean something to them escaped.
std::string slack_body(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else
            escaped += c;
    }
    JsonWriter out;
    out.begin_object();
    out.member("text", escaped);
    out.end_object();
    return out.take();
}

void add_number(JsonWriter& out, std::string_view key, std::int64_t number) {
    out.key(key);
    out.raw(std::to_string(number));
}

}  // namespace

std::string body_of(const Message& message, std::string_view relay, Format format) {
    const std::string text = sentence(message, relay);
    if (format == Format::Slack) return slack_body(text);
    JsonWriter out;
    out.begin_object();
    add_number(out, "version", version);
    out.member("id", id_of(message, relay));
    out.member("relay", relay);
    out.member("alarm", name_of(message.kind));
    out.member("state", name_of(message.state));
    if (!message.account.empty()) out.member("account", message.account);
    if (!message.subjects.empty()) {
        out.key(message.kind == Kind::VolumeFell ? "events" : "reasons");
        out.begin_array();
        for (const auto& subject : message.subjects) out.text(subject);
        out.end_array();
    }
    add_number(out, "since", unix_seconds(message.since));
    add_number(out, "time", unix_seconds(message.at));
    out.member("text", text);
    if (!message.advice.empty()) out.member("advice", message.advice);
    out.end_object();
    return out.take();
}

std::string test_body(std::string_view relay, Time at, Format format) {
    const std::string text =
        "Pinrelay on " + std::string(relay) + ": this is a test of alarms.webhook. Nothing is wrong.";
    if (format == Format::Slack) return slack_body(text);
    JsonWriter out;
    out.begin_object();
    add_number(out, "version", version);
    out.member("id", std::string(relay) + "/test");
    out.member("relay", relay);
    out.member("alarm", "test");
    out.member("state", "test");
    add_number(out, "time", unix_seconds(at));
    out.member("text", text);
    out.end_object();
    return out.take();
}

}  // namespace pinrelay::alarms
