#include "dead_letter_answers.hpp"

#include <array>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <memory>
#include <utility>
#include <variant>

#include "json_parts.hpp"
#include "letter_json.hpp"
#include "pinrelay/core/url_text.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::admin {
namespace {

namespace asio = boost::asio;

constexpr std::size_t usual_letters = 100;
constexpr std::size_t most_listed = 1'000;
constexpr std::size_t most_exported = 20'000;  // some 10 MB

struct Problem {
    std::string field;
    std::string reason;
};

template <class Number>
std::optional<Number> number_of(std::string_view text) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<std::string> condition(const http::Request& request, std::string_view key) {
    auto value = request.query_value(key);
    return value && value->empty() ? std::nullopt : value;
}

std::variant<spool::Selection, Problem> selection_of(const http::Request& request) {
    spool::Selection selection;
    selection.destination = condition(request, "account");
    selection.reason = condition(request, "reason");
    selection.event_name = condition(request, "event");
    const auto numbers = condition(request, "numbers");
    if (!numbers) return selection;
    for (const auto pair : UrlPairs(*numbers, ',')) {
        const auto number = number_of<std::int64_t>(pair.text);
        if (!number) return Problem{"numbers", "numbers are whole numbers, separated by commas"};
        selection.numbers.push_back(*number);
    }
    return selection;
}

bool is_everything(const spool::Selection& selection) {
    return !selection.destination && !selection.reason && !selection.event_name && selection.numbers.empty();
}

http::Response bad_value(const Problem& problem) {
    return http::error_response(400, "bad_value", problem.field, problem.reason);
}

http::Response failed(const std::string& failure) { return http::error_response(503, "store", "", failure); }

struct ReadLetters {
    std::vector<spool::DeadLetterCount> groups;
    std::vector<std::string> letters;  // as JSON
    std::string failure;
};

// The desk's callback on its own thread as a resumption here.
asio::awaitable<ReadLetters> read_letters(DeadLetterDesk& desk, spool::Selection selection, std::size_t limit) {
    const auto executor = co_await asio::this_coro::executor;
    auto initiate = [executor, &desk, limit](auto handler, spool::Selection&& selected) {
        struct State {
            decltype(handler) resume;
            asio::executor_work_guard<asio::any_io_executor> work;
            ReadLetters letters;
        };
        auto state = std::make_shared<State>(State{std::move(handler), asio::make_work_guard(executor), {}});
        const auto visit = [state](const spool::DeadLetter& letter) {
            JsonWriter json;
            write_letter(json, letter);
            state->letters.letters.push_back(json.take());
        };
        desk.read(std::move(selected), limit, visit,
                  [state](std::vector<spool::DeadLetterCount> groups, std::string failure) {
                      state->letters.groups = std::move(groups);
                      state->letters.failure = std::move(failure);
                      asio::post(state->work.get_executor(), [state]() mutable {
                          state->work.reset();
                          std::move(state->resume)(std::move(state->letters));
                      });
                  });
    };
    auto reading = asio::async_initiate<const asio::use_awaitable_t<>, void(ReadLetters)>(
        std::move(initiate), asio::use_awaitable, std::move(selection));
    co_return co_await std::move(reading);
}

void write_group(JsonWriter& json, const spool::DeadLetterCount& group) {
    json.begin_object();
    json.member("account", group.destination);
    json.member("reason", group.reason);
    json.member("meaning", spool::meaning_of(group.reason));
    write_number(json, "count", group.count);
    write_time(json, "oldest", group.oldest);
    write_time(json, "newest", group.newest);
    json.end_object();
}

void write_counted(JsonWriter& json, std::string_view name, const ReplayProgress::Counted& counts) {
    json.key(name);
    json.begin_array();
    for (const auto& [what, count] : counts) {
        json.begin_object();
        json.member("what", what);
        write_number(json, "count", count);
        json.end_object();
    }
    json.end_array();
}

constexpr std::array states = {"none", "running", "done", "failed"};  // in the order of ReplayProgress::State

}  // namespace

asio::awaitable<http::Response> list_dead_letters(const http::Request& request, DeadLetterDesk& desk) {
    auto selection = selection_of(request);
    if (const auto* problem = std::get_if<Problem>(&selection)) co_return bad_value(*problem);
    const auto wanted = condition(request, "limit");
    const auto limit = wanted ? number_of<std::size_t>(*wanted) : usual_letters;
    if (!limit || *limit > most_listed)
        co_return http::error_response(400, "bad_value", "limit", "limit is a number up to 1000");

    auto reading = read_letters(desk, std::get<spool::Selection>(std::move(selection)), *limit);
    const ReadLetters read = co_await std::move(reading);
    if (!read.failure.empty()) co_return failed(read.failure);
    JsonWriter json;
    json.begin_object();
    json.key("groups");
    json.begin_array();
    for (const auto& group : read.groups) write_group(json, group);
    json.end_array();
    json.key("letters");
    json.begin_array();
    for (const auto& letter : read.letters) json.raw(letter);
    json.end_array();
    json.end_object();
    co_return json_answer(json);
}

asio::awaitable<http::Response> export_dead_letters(const http::Request& request, DeadLetterDesk& desk) {
    auto selection = selection_of(request);
    if (const auto* problem = std::get_if<Problem>(&selection)) co_return bad_value(*problem);
    auto reading = read_letters(desk, std::get<spool::Selection>(std::move(selection)), most_exported);
    const ReadLetters read = co_await std::move(reading);
    if (!read.failure.empty()) co_return failed(read.failure);
    http::Response response{200,
                            {{"Content-Type", "application/x-ndjson"},
                             {"Content-Disposition", "attachment; filename=\"dead-letters.jsonl\""},
                             {"Cache-Control", "no-store"}},
                            ""};
    for (const auto& letter : read.letters) response.body += letter + "\n";
    co_return response;
}

http::Response replay_dead_letters(const http::Request& request, DeadLetterDesk& desk) {
    auto selected = selection_of(request);
    if (const auto* problem = std::get_if<Problem>(&selected)) return bad_value(*problem);
    auto& selection = std::get<spool::Selection>(selected);
    if (is_everything(selection) && request.query_value("all") != "true")
        return http::error_response(400, "selection_missing", "",
                                    "select dead letters by account, reason, event or numbers, or say all=true");
    const bool dry_run = request.query_value("dry_run") == "true";
    if (const auto reason = desk.replay(std::move(selection), dry_run))
        return http::error_response(409, "busy", "", *reason);
    return replay_progress(desk);
}

http::Response replay_progress(const DeadLetterDesk& desk) {
    const ReplayProgress progress = desk.progress();
    JsonWriter json;
    json.begin_object();
    json.member("state", states.at(static_cast<std::size_t>(progress.state)));
    write_flag(json, "dry_run", progress.dry_run);
    if (progress.selected) write_number(json, "selected", *progress.selected);
    write_number(json, "examined", progress.examined);
    write_number(json, "moved", progress.moved);
    write_counted(json, "sent", progress.sent);
    write_counted(json, "stays", progress.stays);
    write_counted(json, "changed", progress.changed);
    if (!progress.failure.empty()) json.member("failure", progress.failure);
    json.end_object();
    return json_answer(json);
}

}  // namespace pinrelay::admin
