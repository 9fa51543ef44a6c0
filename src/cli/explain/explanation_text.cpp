#include "explanation_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "cli/json_views.hpp"
#include "cli/spool/text.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::cli {
namespace {

using model::Value;

constexpr std::size_t digest_length = 64;
constexpr std::size_t longest_value = 48;

enum class Style { Plain, Heading, Good, Warning, Bad, Faint };

struct StyleRow {
    Style style;
    std::string_view begin;
};
constexpr std::array style_rows = {StyleRow{Style::Heading, "\x1b[1m"}, StyleRow{Style::Good, "\x1b[1;32m"},
                                   StyleRow{Style::Warning, "\x1b[33m"}, StyleRow{Style::Bad, "\x1b[1;31m"},
                                   StyleRow{Style::Faint, "\x1b[2m"}};

// The finished event's value at a dotted path; of lists of objects it is not one value.
const Value* value_at(const Value& event, std::string_view path) {
    const Value* value = &event;
    while (value != nullptr && !path.empty()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        value = value->find(path.substr(0, dot));
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return value;
}

bool is_digest(std::string_view text) {
    return text.size() == digest_length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string shortened(std::string_view text) {
    if (is_digest(text)) return std::string(text.substr(0, 8)) + "…" + std::string(text.substr(digest_length - 4));
    std::string shown = printable(text);
    if (shown.size() <= longest_value) return shown;
    std::size_t end = longest_value;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0) == 0x80) --end;  // not within a character
    return shown.substr(0, end) + "…";
}

// "b5fc85e5…1d72, 1 more", "2 items".
std::string value_text(const Value& value) {
    if (const auto text = value.scalar_text()) return shortened(*text);
    const auto items = value.items();
    if (items.empty()) return "";
    if (items.front().is_object()) return counted(items.size(), "item");
    std::string text = value_text(items.front());
    if (items.size() > 1) text += ", " + std::to_string(items.size() - 1) + " more";
    return text;
}

struct Verdict {
    std::string_view status;
    std::string_view text;
    Style style;
};
constexpr std::array verdicts = {
    Verdict{"would_send", "would be sent", Style::Good},   Verdict{"sent", "would be sent", Style::Good},
    Verdict{"duplicate", "is a duplicate", Style::Warning}, Verdict{"dropped", "would be dropped", Style::Bad},
    Verdict{"rejected", "cannot be read", Style::Bad},     Verdict{"ignored", "is no event", Style::Warning},
};

class Page {
public:
    explicit Page(Colour colour) : colour_(colour) {}

    void explanation(const Value& document) {
        if (const Value* request = document.find("request")) read_as(*request);
        if (const Value* refusal = document.find("refusal")) refused(*refusal);
        const Value* events = document.at_pointer("/report/events");
        if (events == nullptr) return;
        for (const Value& event : events->items()) explain(event, events->items().size());
    }

    std::string take() { return std::move(out_); }

private:
    void line(std::string_view text, Style style = Style::Plain) { out_.append(painted(text, style)).append("\n"); }
    void heading(std::string_view text) { line("\n" + std::string(text), Style::Heading); }

    std::string painted(std::string_view text, Style style) const {
        const auto* const row = std::ranges::find(style_rows, style, &StyleRow::style);
        if (colour_ == Colour::None || row == style_rows.end() || text.empty()) return std::string(text);
        return std::string(row->begin) + std::string(text) + "\x1b[0m";
    }

    void read_as(const Value& request) {
        line(std::string(view_at(request, "kind")) + ": " + printable(view_at(request, "method")) + ' ' +
             printable(view_at(request, "path")) + ", from " + printable(view_at(request, "from")));
    }

    void refused(const Value& refusal) {
        const Value* error = refusal.at_pointer("/answer/error");
        const std::string status(view_at(refusal, "status"));
        line("The relay would refuse this request with status " + status + ": " +
                 (error == nullptr ? "" : printable(view_at(*error, "message"))),
             Style::Bad);
        advise(view_at(refusal, "advice"));
        line("The rest shows the result for an authenticated sender.");
    }

    void advise(std::string_view advice) {
        if (!advice.empty()) line("      advice: " + std::string(advice));
    }

    void explain(const Value& event, std::size_t count) {
        headline(event, count);
        if (!view_at(event, "message").empty() || !view_at(event, "reason").empty()) why_not(event);
        came_in(event);
        keys(event);
        unused(event);
        warnings(event);
        if (const Value* body = event.find("pinterest")) {
            heading("Event as sent");
            line(model::to_json(*body, JsonWriter::Layout::Indented));
        }
    }

    void headline(const Value& event, std::size_t count) {
        const std::string_view status = view_at(event, "status");
        const auto* const verdict = std::ranges::find(verdicts, status, &Verdict::status);
        std::string text = "\n";
        if (count > 1) text += "event " + std::string(view_at(event, "index")) + ": ";
        const std::string_view name = view_at(event, "event");
        text += name.empty() ? "this" : printable(name);
        if (const Value* sent = event.at_pointer("/pinterest/event_name")) text += " → " + value_text(*sent);
        text += ' ' + std::string(verdict == verdicts.end() ? status : verdict->text);
        if (const auto account = view_at(event, "destination"); !account.empty())
            text += (event.find("pinterest") != nullptr ? " to " : " for ") + printable(account);
        line(text, verdict == verdicts.end() ? Style::Heading : verdict->style);
    }

    void why_not(const Value& event) {
        std::string text = "  " + std::string(view_at(event, "reason"));
        if (const auto field = view_at(event, "field"); !field.empty()) text += " at " + printable(field);
        if (const auto message = view_at(event, "message"); !message.empty()) text += ": " + printable(message);
        line(text);
        advise(view_at(event, "advice"));
    }

    void came_in(const Value& event) {
        std::vector<std::vector<std::string>> rows;
        const auto add = [&](const char* name, std::string_view what, std::string_view because) {
            if (what.empty() && because.empty()) return;
            std::string text = printable(what);
            if (!because.empty()) text += (text.empty() ? "" : ": ") + printable(because);
            rows.push_back({name, std::move(text)});
        };
        const auto from = [&](const char* name, std::string_view what, std::string_view source) {
            if (source.empty()) return;
            rows.push_back({name, printable(what) + (what.empty() ? "" : ", ") + "from " + printable(source)});
        };
        add("form", view_at(event, "form"), {});
        if (const Value* sender = event.find("sender")) {
            add("sender", view_at(*sender, "is"), view_at(*sender, "because"));
            add("trust", view_at(*sender, "trust"), view_at(*sender, "trust_because"));
            from("address", view_at(*sender, "address"), view_at(*sender, "address_from"));
            from("user agent", {}, view_at(*sender, "user_agent_from"));
            add("consent", view_at(*sender, "consent"), {});
            add("consent policy", view_at(*sender, "consent_policy"), {});
        }
        add("account", view_at(event, "destination"), view_at(event, "destination_because"));
        if (rows.empty()) return;
        heading("Input");
        out_ += table_text(rows);
    }

    void keys(const Value& event) {
        const Value* body = event.find("pinterest");
        const Value* origins = event.find("origins");
        if (body == nullptr || origins == nullptr) return;
        heading("Fields of the Pinterest event");
        std::vector<std::vector<std::string>> rows;
        for (const Value& origin : origins->items()) {
            const std::string_view field = view_at(origin, "field");
            const Value* value = value_at(*body, field);
            const std::string_view from = view_at(origin, "from");
            rows.push_back({printable(field), value == nullptr ? "" : value_text(*value),
                            "← " + (from.empty() ? "" : printable(from) + ": ") + printable(view_at(origin, "rule"))});
        }
        out_ += table_text(rows);
    }

    void unused(const Value& event) {
        const Value* keys = event.find("unused");
        if (keys == nullptr || keys->items().empty()) return;
        heading("Unused keys");
        for (const Value& key : keys->items()) {
            const std::string_view meant = view_at(key, "did_you_mean");
            line("  " + printable(view_at(key, "key")) + (meant.empty() ? "" : ": is " + printable(meant) + " meant?"),
                 meant.empty() ? Style::Plain : Style::Warning);
        }
    }

    void warnings(const Value& event) {
        const Value* list = event.find("warnings");
        if (list == nullptr || list->items().empty()) return;
        heading("Warnings");
        for (const Value& warning : list->items()) {
            std::string text = "  " + printable(view_at(warning, "code"));
            if (const auto field = view_at(warning, "field"); !field.empty()) text += " at " + printable(field);
            if (const auto message = view_at(warning, "message"); !message.empty()) text += ": " + printable(message);
            line(text, Style::Warning);
            advise(view_at(warning, "advice"));
        }
    }

    Colour colour_;
    std::string out_;
};

}  // namespace

std::string explanation_text(std::string_view json, Colour colour) {
    model::Arena arena;
    const auto parsed = model::parse_json(json, arena);
    const auto* document = std::get_if<Value>(&parsed);
    if (document == nullptr) return std::string(json);
    Page page(colour);
    page.explanation(*document);
    return page.take();
}

}  // namespace pinrelay::cli
