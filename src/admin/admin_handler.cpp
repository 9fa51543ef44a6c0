#include "pinrelay/admin/admin_handler.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <variant>

#include "access.hpp"
#include "account_json.hpp"
#include "admin/answers/attention_answer.hpp"
#include "admin/answers/dead_letter_answers.hpp"
#include "admin/answers/history_answer.hpp"
#include "admin/answers/json_parts.hpp"
#include "event_stream.hpp"
#include "events.hpp"
#include "find.hpp"
#include "page_assets.hpp"
#include "status.hpp"

namespace pinrelay::admin {

namespace {

http::Response plain(int status, std::string body) {
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

constexpr int first_error = 400;

class AdminHandler final : public net::Handler {
public:
    explicit AdminHandler(AdminParts parts)
        : access_({parts.metrics, parts.listen, parts.hosts, parts.token}), parts_(std::move(parts)) {}

    std::optional<http::Response> refuse(const http::Request& head, net::Notes&) const override { return refuse(head); }

    void refused_by_connection(const http::Refusal&) const noexcept override {}

    boost::asio::awaitable<http::Response> handle(http::Request& request, net::Notes& notes) override {
        if (auto refusal = refuse(request)) co_return std::move(*refusal);
        if (auto asset = find_asset(request.path)) co_return std::move(*asset);
        const Row& row = *find(request);
        if (const auto* later = std::get_if<Later>(&row.answer)) {
            auto answering = (this->**later)({request, notes});
            co_return co_await std::move(answering);
        }
        auto response = (this->*std::get<AtOnce>(row.answer))({request, notes});
        if (!access_.knows_host(request)) response.body = response.status < first_error ? "ok\n" : "not ready\n";
        co_return response;
    }

private:
    struct Call {
        const http::Request& request;
        net::Notes& notes;
    };
    using AtOnce = http::Response (AdminHandler::*)(const Call&) const;
    using Later = boost::asio::awaitable<http::Response> (AdminHandler::*)(Call) const;
    struct Row {
        std::string_view path;
        std::variant<AtOnce, Later> answer;
        Kind kind;
        std::string_view method;  // of two rows with one path; each kind says which methods it takes
    };

    std::optional<http::Response> refuse(const http::Request& head) const {
        if (is_asset(head.path)) return access_.refuse(head, Kind::Asset);
        const Row* row = find(head);
        return access_.refuse(head, row == nullptr ? std::nullopt : std::optional(row->kind));
    }

    static http::Response not_found() { return http::error_response(404, "not_found", "", "no such path here"); }

    http::Response health(const Call&) const { return plain(200, "ok\n"); }

    http::Response ready(const Call&) const {
        const auto reason = parts_.readiness();
        if (reason) return plain(503, *reason + "\n");
        // An account that waits is no reason to refuse events, but one to look at.
        std::string text = "ready\n";
        for (const auto& account : parts_.accounts())
            if (account.delivery == "paused") text += "paused: " + account.name + ": " + account.reason + "\n";
        return plain(200, std::move(text));
    }

    http::Response accounts(const Call&) const {
        JsonWriter json;
        json.begin_object();
        json.member("process", std::to_string(::getpid()));
        json.key("accounts");
        json.begin_array();
        for (const auto& account : parts_.accounts()) {
            json.begin_object();
            write_account(json, account);
            json.end_object();
        }
        json.end_array();
        json.end_object();
        return json_answer(json);
    }

    http::Response reload(const Call&) const {
        const auto reason = parts_.reload();
        return reason ? plain(409, *reason + "\n") : plain(200, "reloaded\n");
    }

    http::Response scrape(const Call&) const {
        return {200,
                {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}, {"Cache-Control", "no-store"}},
                parts_.metrics.render()};
    }

    // So that the page need not find out by requests that fail.
    http::Response paths(const Call&) const {
        JsonWriter json;
        json.begin_object();
        json.key("paths");
        json.begin_array();
        for (const Row& row : rows) json.text(row.path);
        json.end_array();
        json.end_object();
        return json_answer(json);
    }

    http::Response status(const Call&) const {
        if (!parts_.status) return not_found();
        return http::json_response(200, status_json(parts_.status(), parts_.readiness()));
    }

    http::Response events(const Call& call) const {
        return parts_.live == nullptr ? not_found() : events_answer(*parts_.live, call.request);
    }

    http::Response event_stream(const Call& call) const {
        return parts_.live == nullptr ? not_found() : streams_.open(*parts_.live, call.request, call.notes);
    }

    http::Response found(const Call& call) const {
        return parts_.find ? find_answer(call.request, parts_.find) : not_found();
    }

    http::Response history(const Call& call) const {
        return parts_.history ? history_answer(call.request, parts_.history) : not_found();
    }

    http::Response attention(const Call&) const {
        return parts_.attention ? attention_answer(parts_.attention()) : not_found();
    }

    boost::asio::awaitable<http::Response> explain(Call call) const {
        if (!parts_.explain) co_return not_found();
        auto explaining = parts_.explain(call.request.body);
        co_return co_await std::move(explaining);
    }

    boost::asio::awaitable<http::Response> letters(Call call) const {
        if (parts_.dead_letters == nullptr) co_return not_found();
        auto listing = list_dead_letters(call.request, *parts_.dead_letters);
        co_return co_await std::move(listing);
    }

    boost::asio::awaitable<http::Response> letter_export(Call call) const {
        if (parts_.dead_letters == nullptr) co_return not_found();
        auto exporting = export_dead_letters(call.request, *parts_.dead_letters);
        co_return co_await std::move(exporting);
    }

    http::Response replay(const Call& call) const {
        return parts_.dead_letters == nullptr ? not_found() : replay_dead_letters(call.request, *parts_.dead_letters);
    }

    http::Response progress(const Call&) const {
        return parts_.dead_letters == nullptr ? not_found() : replay_progress(*parts_.dead_letters);
    }

    static constexpr std::array rows = {
        Row{"/healthz", &AdminHandler::health, Kind::Check, "GET"},
        Row{"/readyz", &AdminHandler::ready, Kind::Check, "GET"},
        Row{"/accounts", &AdminHandler::accounts, Kind::Report, "GET"},
        Row{"/metrics", &AdminHandler::scrape, Kind::Scrape, "GET"},
        Row{"/reload", &AdminHandler::reload, Kind::Command, "POST"},
        Row{"/find", &AdminHandler::found, Kind::Data, "GET"},
        Row{"/explain", &AdminHandler::explain, Kind::Action, "POST"},
        Row{"/status", &AdminHandler::status, Kind::Report, "GET"},
        Row{"/events", &AdminHandler::events, Kind::Data, "GET"},
        Row{"/events/stream", &AdminHandler::event_stream, Kind::Data, "GET"},
        Row{"/page/paths", &AdminHandler::paths, Kind::Asset, "GET"},
        Row{"/history", &AdminHandler::history, Kind::Data, "GET"},
        Row{"/attention", &AdminHandler::attention, Kind::Data, "GET"},
        Row{"/dead-letters", &AdminHandler::letters, Kind::Data, "GET"},
        Row{"/dead-letters/export", &AdminHandler::letter_export, Kind::Data, "GET"},
        Row{"/dead-letters/replay", &AdminHandler::progress, Kind::Data, "GET"},
        Row{"/dead-letters/replay", &AdminHandler::replay, Kind::Action, "POST"},
    };

    // The row of the path and method; with another method the path's first.
    static const Row* find(const http::Request& request) noexcept {
        const auto* exact = std::ranges::find_if(
            rows, [&](const Row& row) { return row.path == request.path && row.method == request.method; });
        if (exact != rows.end()) return exact;
        const auto* same_path = std::ranges::find(rows, request.path, &Row::path);
        return same_path == rows.end() ? nullptr : same_path;
    }

    const Access access_;
    const AdminParts parts_;
    const EventStreams streams_;
};

}  // namespace

std::unique_ptr<net::Handler> make_admin_handler(AdminParts parts) {
    return std::make_unique<AdminHandler>(std::move(parts));
}

}  // namespace pinrelay::admin
