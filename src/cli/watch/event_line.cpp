#include "event_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <utility>

#include "cli/spool/text.hpp"
#include "json_text.hpp"
#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::cli {
namespace {

using model::Value;

struct StatusRow {
    std::string_view name;
    std::string_view colour;  // an SGR parameter of ECMA-48
};
constexpr std::string_view green = "32";
constexpr std::string_view yellow = "33";
constexpr std::string_view red = "31";
constexpr std::string_view faint = "2";
constexpr std::array status_rows = {
    StatusRow{"accepted", ""},  StatusRow{"dropped", yellow}, StatusRow{"duplicate", faint},
    StatusRow{"rejected", red}, StatusRow{"ignored", faint},  StatusRow{"delivered", green},
    StatusRow{"dead", red},     StatusRow{"retried", yellow},
};

constexpr std::string_view ignored = "ignored";

// Names that are kept for outcomes: as many as the relay keeps entries.
constexpr std::size_t most_names = 8192;

constexpr std::size_t status_width = 9;
constexpr std::size_t name_width = 28;
constexpr std::size_t account_width = 22;
constexpr std::size_t id_width = 20;

// "08:00:00.250" of Unix seconds with thousandths.
std::string clock_text(const std::string& seconds) {
    constexpr std::size_t date = 11;  // "2026-07-27T"
    constexpr std::size_t clock = 8;
    std::int64_t whole = 0;
    if (std::from_chars(seconds.data(), seconds.data() + seconds.size(), whole).ec != std::errc()) return "-";
    const std::size_t point = std::min(seconds.find('.'), seconds.size());
    return time_text(Time(std::chrono::seconds(whole))).substr(date, clock) + printable(seconds.substr(point));
}

std::string padded(std::string text, std::size_t width) {
    // Of UTF-8: bytes that do not go on with a character.
    const auto characters =
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    const auto used = static_cast<std::size_t>(characters);
    return std::move(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string listed_text(const std::vector<std::string>& texts) {
    std::string list;
    for (const auto& text : texts) list.append(list.empty() ? "" : ", ").append(printable(text));
    return list;
}

std::string coloured(std::string_view status, const std::string& text) {
    const auto* row = std::ranges::find(status_rows, status, &StatusRow::name);
    if (row == status_rows.end() || row->colour.empty()) return text;
    return "\x1b[" + std::string(row->colour) + "m" + text + "\x1b[0m";
}

}  // namespace

struct EventLines::Fields {
    std::string time;
    std::string status;
    std::string event;
    std::string name;
    std::string account;
    std::string event_id;
    std::string reason;
    std::string message;
    std::string latency;
    std::vector<std::string> identifiers;
    std::vector<std::string> warnings;

    explicit Fields(const Value& object)
        : time(text_at(object, "time")),
          status(text_at(object, "status")),
          event(text_at(object, "event")),
          name(text_at(object, "name")),
          account(text_at(object, "account")),
          event_id(text_at(object, "event_id")),
          reason(text_at(object, "reason")),
          message(text_at(object, "message")),
          latency(text_at(object, "latency")),
          identifiers(texts_at(object, "identifiers")),
          warnings(texts_at(object, "warnings")) {}

    std::string both_names() const {
        if (event.empty() || name.empty()) return event.empty() && name.empty() ? "-" : printable(event + name);
        return printable(event) + " → " + printable(name);
    }

    std::string rest() const {
        std::vector<std::string> parts;
        if (!identifiers.empty()) parts.push_back(listed_text(identifiers));
        if (!reason.empty() && reason != status) parts.push_back(printable(reason));
        if (!message.empty()) parts.push_back(printable(message));
        if (!latency.empty()) parts.push_back("after " + printable(latency) + " s");
        if (!warnings.empty()) parts.push_back("warnings: " + listed_text(warnings));
        std::string text;
        for (const auto& part : parts) text.append(text.empty() ? "" : "; ").append(part);
        return text;
    }
};

std::vector<std::string> status_names() {
    std::vector<std::string> names;
    names.reserve(status_rows.size());
    for (const auto& row : status_rows) names.emplace_back(row.name);
    return names;
}

std::optional<std::string> EventLines::line(const SentEvent& sent) {
    model::Arena arena;
    const auto parsed = model::parse_json(sent.data, arena);
    const auto* object = std::get_if<Value>(&parsed);
    if (object == nullptr) return std::nullopt;
    if (sent.type == "missed") return missed(text_at(*object, "count"));
    Fields fields(*object);
    const std::uint64_t seq = count_at(*object, "seq");
    if (sent.type == "event") {
        names_[seq] = fields.event;
        if (names_.size() > most_names) names_.erase(names_.begin());
    } else if (const auto found = names_.find(seq); found != names_.end()) {
        fields.event = found->second;
    }
    if (!is_shown(fields)) return std::nullopt;
    return form_ == Form::Json ? sent.data + "\n" : written(fields);
}

std::string EventLines::missed(const std::string& count) const {
    if (form_ == Form::Json) return R"({"status":"missed","count":)" + printable(count) + "}\n";
    return "… " + printable(count) + " not shown: they came faster than they could be read\n";
}

bool EventLines::is_shown(const Fields& fields) const {
    if (!filter_.event.empty() && fields.event != filter_.event && fields.name != filter_.event) return false;
    if (!filter_.account.empty() && fields.account != filter_.account) return false;
    if (filter_.statuses.empty()) return fields.status != ignored;
    return std::ranges::find(filter_.statuses, fields.status) != filter_.statuses.end();
}

std::string EventLines::written(const Fields& fields) const {
    const std::string status = padded(printable(fields.status), status_width);
    std::string line = clock_text(fields.time) + "  ";
    line += (form_ == Form::Coloured ? coloured(fields.status, status) : status) + "  ";
    line += padded(fields.both_names(), name_width) + "  ";
    line += padded(fields.account.empty() ? "-" : printable(fields.account), account_width) + "  ";
    line += padded(fields.event_id.empty() ? "-" : printable(fields.event_id), id_width) + "  ";
    line += fields.rest();
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

}  // namespace pinrelay::cli
