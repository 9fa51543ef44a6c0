#include "status_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <variant>
#include <vector>

#include "cli/spool/progress.hpp"
#include "cli/spool/text.hpp"
#include "json_text.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::cli {
namespace {

using model::Value;

// After that Pinterest counts a web event as an offline one.
constexpr std::chrono::hours too_old{1};

struct StateRow {
    std::string_view delivery;  // as the admin port names it
    std::string_view words;
    std::string_view colour;
};
constexpr std::array state_rows = {
    StateRow{"working", "healthy", "32"},
    StateRow{"failing", "backing off: its requests fail and are tried again", "33"},
    StateRow{"paused", "paused until somebody acts", "31"},
};

std::string counts_text(const Value& object) {
    return grouped(count_at(object, "accepted")) + " accepted, " + grouped(count_at(object, "delivered")) +
           " delivered, " + grouped(count_at(object, "dropped")) + " dropped";
}

class Writer {
public:
    Writer(const Value& document, bool coloured)
        : document_(document), coloured_(coloured), now_(time_at(document, "now").value_or(Time())) {}

    StatusText write() {
        head();
        for (const Value* account : list("accounts")) write_account(*account);
        write_reasons("reasons", "Events dropped in the last hour", "reason");
        write_reasons("refusals", "Requests refused in the last hour", "code");
        return {std::move(text_), is_well_};
    }

private:
    std::vector<const Value*> list(std::string_view name) const {
        std::vector<const Value*> elements;
        const Value* found = document_.find(name);
        if (found != nullptr)
            for (const Value& element : found->items()) elements.push_back(&element);
        return elements;
    }

    std::string colour(std::string_view parameter, const std::string& text) const {
        return coloured_ ? "\x1b[" + std::string(parameter) + "m" + text + "\x1b[0m" : text;
    }

    void head() {
        const std::string reason = text_at(document_, "not_ready");
        const auto started = time_at(document_, "started").value_or(now_);
        is_well_ = reason.empty();
        text_ = "pinrelay " + printable(text_at(document_, "version")) + ", process " +
                printable(text_at(document_, "process")) + ", started " + age_text(started, now_) +
                " ago: " + (reason.empty() ? colour("32", "ready") : colour("31", "not ready, " + printable(reason))) +
                "\n";
    }

    void row(const std::string& name, const std::string& value) {
        constexpr std::size_t width = 14;
        text_ += "  " + name + std::string(width - std::min(width - 1, name.size()), ' ') + value + "\n";
    }

    void write_account(const Value& account) {
        const std::string delivery = text_at(account, "delivery");
        const auto state = std::ranges::find(state_rows, delivery, &StateRow::delivery);
        const bool is_known = state != state_rows.end();
        if (delivery == "paused") is_well_ = false;
        text_ += "\n" + printable(text_at(account, "account")) + ": " +
                 (is_known ? colour(state->colour, std::string(state->words)) : printable(delivery)) + "\n";
        write_trouble(account);
        if (const Value* minute = account.find("per_minute")) row("last minute", counts_text(*minute));
        row("in all", counts_text(account) + ", " + counted(count_at(account, "dead_lettered"), "dead letter") + ", " +
                          counted(count_at(account, "duplicates"), "duplicate"));
        write_waiting(account);
        const std::string answer = text_at(account, "last_answer");
        if (const auto when = time_at(account, "answered"); !answer.empty() && when)
            row("last answer", printable(answer) + ", " + age_text(*when, now_) + " ago");
    }

    void write_trouble(const Value& account) {
        const std::string reason = text_at(account, "reason");
        if (reason.empty()) return;
        row("why", printable(reason));
        if (const auto since = time_at(account, "since"))
            row("since", age_text(*since, now_) + ", " + counted(count_at(account, "attempts"), "failed attempt"));
        if (const auto next = time_at(account, "next_try"))
            row("next try", *next <= now_ ? "now" : "in " + age_text(now_, *next));
    }

    void write_waiting(const Value& account) {
        std::string waiting = grouped(count_at(account, "pending")) + " to be delivered";
        if (const auto oldest = time_at(account, "oldest_event")) {
            const bool is_late = now_ - *oldest > too_old;
            const std::string age = "the oldest happened " + age_text(*oldest, now_) + " ago";
            waiting += ", " + (is_late ? colour("31", age + ", more than an hour") : age);
            if (is_late) is_well_ = false;
        }
        if (const auto alone = count_at(account, "waiting_alone"); alone > 0)
            waiting += ", " + grouped(alone) + " of them alone";
        row("waiting", waiting);
    }

    void write_reasons(std::string_view name, std::string_view heading, std::string_view label) {
        const auto rows = list(name);
        if (rows.empty()) return;
        text_ += "\n" + std::string(heading) + "\n";
        std::vector<std::vector<std::string>> table;
        for (const Value* each : rows) {
            table.push_back({grouped(count_at(*each, "count")), printable(text_at(*each, label))});
            if (each->find("account") != nullptr) table.back().push_back(printable(text_at(*each, "account")));
            table.back().push_back(printable(text_at(*each, "advice")));
        }
        text_ += table_text(table);
    }

    const Value& document_;
    const bool coloured_;
    const Time now_;
    std::string text_;
    bool is_well_ = true;
};

}  // namespace

std::optional<StatusText> status_text(std::string_view body, bool coloured) {
    model::Arena arena;
    const auto parsed = model::parse_json(body, arena);
    const auto* document = std::get_if<Value>(&parsed);
    const Value* accounts = document == nullptr ? nullptr : document->find("accounts");
    if (accounts == nullptr || !accounts->is_array() || !time_at(*document, "now")) return std::nullopt;
    return Writer(*document, coloured).write();
}

}  // namespace pinrelay::cli
