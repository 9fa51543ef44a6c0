#include "pinrelay/admin/admin_handler.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "account_json.hpp"
#include "event_stream.hpp"
#include "events.hpp"
#include "find.hpp"
#include "own_hosts.hpp"
#include "pinrelay/core/json_writer.hpp"
#include "status.hpp"

namespace pinrelay::admin {

namespace {

http::Response plain(int status, std::string body) {
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

constexpr int first_error = 400;

class AdminHandler final : public net::Handler {
public:
    explicit AdminHandler(AdminParts parts) : parts_(std::move(parts)) {}

    std::optional<http::Response> refuse(const http::Request& head, net::Notes&) const override { return refuse(head); }

    void refused_by_connection(const http::Refusal&) const noexcept override {}

    boost::asio::awaitable<http::Response> handle(http::Request& request, net::Notes& notes) override {
        if (auto refusal = refuse(request)) co_return std::move(*refusal);
        auto response = (this->*find(request.path)->answer)({request, notes});
        if (!knows_host(request)) response.body = response.status < first_error ? "ok\n" : "not ready\n";
        co_return response;
    }

private:
    std::optional<http::Response> refuse(const http::Request& head) const {
        const Page* page = find(head.path);
        const bool is_check = page != pages.end() && page->kind == Kind::Check;
        if (auto refusal = refuse_stranger(head, is_check)) return refusal;
        if (page == pages.end()) return not_found();
        if (page->kind == Kind::Action) return refuse_action(head);
        if (head.method == "GET" || head.method == "HEAD") return std::nullopt;
        if (page->kind == Kind::Text) return wrong_method("GET, HEAD", "use GET");
        if (head.method == "OPTIONS") return std::nullopt;
        return wrong_method("GET, HEAD, OPTIONS", "use GET");
    }

    enum class Kind {
        Text,
        Check,   // of health: OPTIONS asks for it, too, as HAProxy does
        Action,  // does something, so that it takes a POST
    };
    struct Call {
        const http::Request& request;
        net::Notes& notes;
    };
    struct Page {
        std::string_view path;
        http::Response (AdminHandler::*answer)(const Call&) const;
        Kind kind;
    };

    // A page of another site that is open in a browser near this machine can send requests here, too. It gives itself
    // away by what the browser writes: the name that it took for this machine, or the site of the page. Whoever leaves
    // all of this out is no browser. A checker of health may come under any name, and then gets no more than the
    // status.
    std::optional<http::Response> refuse_stranger(const http::Request& head, bool is_check) const {
        if (!is_check && !knows_host(head)) {
            return forbid("host", "Host",
                          "this name is not known as the relay's; if it is, add it to `admin_names` "
                          "(PINRELAY_ADMIN_NAMES)");
        }
        const auto* site = head.header("Sec-Fetch-Site");
        if (site != nullptr && *site != "same-origin" && *site != "none")
            return forbid("site", "Sec-Fetch-Site", "not from a page of another site");
        return std::nullopt;
    }

    bool knows_host(const http::Request& head) const {
        const auto* host = head.header("Host");
        return host == nullptr || is_own_host(*host, parts_.listen, hosts());
    }

    std::optional<http::Response> refuse_action(const http::Request& head) const {
        if (head.method != "POST") return wrong_method("POST", "use POST");
        if (head.header("Origin") == nullptr) return std::nullopt;
        return forbid("site", "Origin", "not from a page in a browser");
    }

    http::Response forbid(std::string_view reason, std::string_view field, std::string_view hint) const {
        parts_.metrics.admin_refused(reason);
        return http::error_response(403, "forbidden", field, hint);
    }

    std::vector<std::string> hosts() const { return parts_.hosts ? parts_.hosts() : std::vector<std::string>(); }

    static http::Response not_found() { return http::error_response(404, "not_found", "", "no such path here"); }

    static http::Response wrong_method(std::string allow, std::string_view hint) {
        auto response = http::error_response(405, "method_not_allowed", "", hint);
        response.headers.emplace_back("Allow", std::move(allow));
        return response;
    }

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
        return {200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, json.take() + "\n"};
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

    http::Response reload(const Call&) const {
        const auto reason = parts_.reload();
        return reason ? plain(409, *reason + "\n") : plain(200, "reloaded\n");
    }

    http::Response scrape(const Call&) const {
        return {200,
                {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}, {"Cache-Control", "no-store"}},
                parts_.metrics.render()};
    }

    static constexpr std::array pages = {Page{"/healthz", &AdminHandler::health, Kind::Check},
                                         Page{"/readyz", &AdminHandler::ready, Kind::Check},
                                         Page{"/accounts", &AdminHandler::accounts, Kind::Text},
                                         Page{"/status", &AdminHandler::status, Kind::Text},
                                         Page{"/events", &AdminHandler::events, Kind::Text},
                                         Page{"/events/stream", &AdminHandler::event_stream, Kind::Text},
                                         Page{"/find", &AdminHandler::found, Kind::Text},
                                         Page{"/metrics", &AdminHandler::scrape, Kind::Text},
                                         Page{"/reload", &AdminHandler::reload, Kind::Action}};

    static const Page* find(std::string_view path) noexcept { return std::ranges::find(pages, path, &Page::path); }

    const AdminParts parts_;
    const EventStreams streams_;
};

}  // namespace

std::unique_ptr<net::Handler> make_admin_handler(AdminParts parts) {
    return std::make_unique<AdminHandler>(std::move(parts));
}

}  // namespace pinrelay::admin
