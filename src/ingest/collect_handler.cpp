#include "pinrelay/ingest/collect_handler.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "endpoints.hpp"
#include "ingest/access/cors.hpp"
#include "ingest/limits/gzip.hpp"
#include "ingest/limits/store_refusals.hpp"
#include "ingest/limits/throttle.hpp"
#include "ingest/outcome/answer.hpp"
#include "ingest/outcome/commit.hpp"
#include "ingest/outcome/judge_members.hpp"
#include "ingest/visitor/client_address.hpp"
#include "ingest/visitor/first_party_cookies.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::ingest {
namespace asio = boost::asio;

namespace {

constexpr std::array methods = {"GET", "HEAD", "POST", "PUT", "OPTIONS"};
constexpr std::string_view allow = "GET, HEAD, POST, PUT, OPTIONS";

// Labels of requests that were answered without an event being taken.
constexpr std::string_view rejected_gzip = "broken_gzip";
constexpr std::string_view rejected_size = "body_too_large";

// Encodings of a body that are read; which of them it is, its first bytes tell.
constexpr std::array encodings = {"identity", "gzip", "x-gzip"};

http::Response plain(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.headers.emplace_back("Cache-Control", "no-store");
    if (!body.empty()) response.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
    response.body = std::move(body);
    return response;
}

bool asks_debug(const http::Request& request) {
    const auto flag = request.query.empty() ? std::nullopt : request.query_value("debug");
    return flag && (*flag == "1" || *flag == "true");
}

class CollectHandler final : public net::Handler {
public:
    CollectHandler(const CollectSettings& settings, std::vector<Route> routes, spool::Spool& spool,
                   metrics::Metrics& metrics, Logger& logger)
        : endpoints_(settings.prefixes),
          cors_(settings.allowed_origins),
          proxies_(settings.trusted_proxies, settings.forwarded_header),
          throttle_(settings, routes),
          access_(routes, logger),
          formats_(settings.decode),
          judge_(AccountRoutes(std::move(routes)), NotPeople(settings.not_people)),
          cookies_(settings.cookies, openssl_random),
          debug_(settings.debug),
          max_body_bytes_(settings.max_body_bytes),
          spool_(spool),
          metrics_(metrics),
          store_refusals_(metrics, logger) {}

    std::optional<http::Response> refuse(const http::Request& head) const override {
        auto response = judge_head(head);
        if (!response) return std::nullopt;
        cors_.apply(head, *response);
        metrics_.request(response->status, {});
        return response;
    }

    asio::awaitable<http::Response> handle(http::Request request) override {
        const auto started = std::chrono::steady_clock::now();
        const bool preflight = request.method == "OPTIONS";
        http::Response response;
        if (preflight) {
            response = cors_.preflight(request);
        } else if (endpoints_.find(request.path) == Endpoint::Health || request.method == "HEAD") {
            response = plain(200, "ok\n");
        } else {
            auto taking = take(request);
            response = co_await std::move(taking);
        }
        if (!preflight) cors_.apply(request, response);
        metrics_.request(response.status, std::chrono::steady_clock::now() - started);
        co_return response;
    }

private:
    std::optional<http::Response> judge_head(const http::Request& head) const {
        const auto endpoint = endpoints_.find(head.path);
        if (!endpoint) return http::error_response(404, "not_found", "", "no such path here");
        // A test that cannot be answered must not become a conversion.
        if (!debug_ && (*endpoint == Endpoint::Debug || asks_debug(head)))
            return http::error_response(404, "debug_off", "", "debug answers are switched off here");
        if (std::find(methods.begin(), methods.end(), head.method) == methods.end()) {
            auto response = http::error_response(405, "method_not_allowed", "", "use POST");
            response.headers.emplace_back("Allow", allow);
            return response;
        }
        const bool posts = *endpoint != Endpoint::Health && head.method != "OPTIONS" && head.method != "HEAD";
        if (posts)
            if (auto refused = judge_sender(head)) return refused;
        const std::string* encoding = head.header("Content-Encoding");
        const auto is_encoding = [&](const char* known) { return ascii::equals_ignoring_case(*encoding, known); };
        if (encoding != nullptr && std::none_of(encodings.begin(), encodings.end(), is_encoding))
            return http::error_response(415, "unsupported_encoding", "Content-Encoding",
                                        "send the body uncompressed or as gzip");
        const std::string* type = head.header("Content-Type");
        if (type != nullptr && ascii::starts_with_ignoring_case(*type, "multipart/"))
            return http::error_response(415, "unsupported_media_type", "Content-Type", "send JSON, not a form");
        return std::nullopt;
    }

    std::optional<http::Response> judge_sender(const http::Request& head) const {
        const auto client = proxies_.client(head);
        if (auto slow_down = throttle_.refuse_client(client)) {
            metrics_.rejected(rejected_client_rate);
            return slow_down;
        }
        if (const auto refused = access_.refuse_head(head, client)) return deny(*refused, head.received);
        return std::nullopt;
    }

    asio::awaitable<http::Response> take(http::Request& request) {
        const auto client = proxies_.client(request);
        const auto access = access_.judge(request, client);
        if (const auto refused = refused_by_all(access)) co_return deny(*refused, request.received);
        if (auto broken = unpack(request)) co_return std::move(*broken);
        if (auto slow_down = throttle_.refuse_body(client, request.body.size())) {
            metrics_.rejected(rejected_client_rate);
            co_return std::move(*slow_down);
        }
        const RequestContext context{access, client ? std::optional(client->to_string()) : std::nullopt,
                                     cookies_.visitor_id(request)};
        auto collecting = collect(request, context);
        co_return co_await std::move(collecting);
    }

    http::Response deny(const AccessRefusal& refusal, Time now) const {
        metrics_.rejected(refusal.reason);
        access_.report(refusal, now);
        return to_response(refusal);
    }

    // Replaces a gzip body by what it holds; the answer where it cannot be unpacked.
    std::optional<http::Response> unpack(http::Request& request) {
        if (!is_gzip(request.body)) return std::nullopt;
        auto unpacked = unpack_gzip(request.body, max_body_bytes_);
        if (auto* body = std::get_if<std::string>(&unpacked)) {
            request.body = std::move(*body);
            return std::nullopt;
        }
        const bool too_large = std::get<GzipFailure>(unpacked) == GzipFailure::TooLarge;
        metrics_.rejected(too_large ? rejected_size : rejected_gzip);
        return too_large ? http::error_response(413, rejected_size, "", "the body unpacks to more than is taken here")
                         : http::error_response(400, rejected_gzip, "", "the gzip body is cut off or damaged");
    }

    asio::awaitable<http::Response> collect(const http::Request& request, const RequestContext& context) {
        auto decoded = formats_.decode(request);
        if (const auto* rejection = std::get_if<decode::Rejection>(&decoded)) co_return reject(*rejection);
        auto outcomes = judge_.judge(std::move(std::get<decode::Members>(decoded)), request, context);
        if (const auto refused = refusal_of_all(outcomes)) co_return deny(*refused, request.received);
        if (debug_ && (asks_debug(request) || endpoints_.find(request.path) == Endpoint::Debug))
            co_return http::json_response(200, debug_report(outcomes));
        if (outcomes.empty()) co_return reject({decode::RejectCode::NotAnEvent, "", "an empty list holds no event"});
        if (nothing_readable(outcomes)) co_return reject(std::get<decode::Rejection>(outcomes.front().result));

        if (auto slow_down = throttle_.refuse_events(outcomes)) {
            metrics_.rejected(rejected_account_rate);
            co_return std::move(*slow_down);
        }

        std::vector<spool::Arrival> arrivals;
        for (auto& outcome : outcomes)
            if (auto* record = std::get_if<model::Record>(&outcome.result))
                arrivals.push_back({std::move(*record), outcome.subject});
        if (!arrivals.empty()) {
            auto committing = commit(spool_, std::move(arrivals));
            const ErrorCode error = co_await std::move(committing);
            if (error) co_return store_refusals_.refuse(error, request.received);
            store_refusals_.took_events();
        }
        count(outcomes);
        co_return answer(request, outcomes, context.visitor_id);
    }

    // A server that asks for JSON is told the cookies; a browser of the site gets them with the usual answer.
    http::Response answer(const http::Request& request, const std::vector<Outcome>& outcomes,
                          const std::optional<std::string>& visitor_id) const {
        if (all_from_servers(outcomes) && asks_for_json(request))
            return http::json_response(200, cookies_.as_json(outcomes));
        auto response = accepted(request);
        cookies_.write(request, outcomes, visitor_id, response);
        return response;
    }

    http::Response reject(const decode::Rejection& rejection) {
        const std::string_view code = decode::to_string(rejection.code);
        metrics_.rejected(code);
        return http::error_response(400, code, rejection.field, rejection.message);
    }

    // Counts what was accepted and is not sent; what is sent is counted by the spool's ledger.
    void count(const std::vector<Outcome>& outcomes) {
        for (const auto& outcome : outcomes) {
            const std::string_view destination =
                outcome.destination != nullptr ? std::string_view(outcome.destination->name()) : no_destination;
            for (const auto& warning : outcome.warnings) metrics_.warned(destination, warning.code);
            if (const auto* drop = std::get_if<destination::Drop>(&outcome.result))
                metrics_.dropped(destination, drop->reason);
            if (const auto* ignored = std::get_if<decode::Ignored>(&outcome.result))
                metrics_.dropped(destination, ignored->reason);
            if (const auto* rejection = std::get_if<decode::Rejection>(&outcome.result))
                metrics_.dropped(destination, decode::to_string(rejection->code));
        }
    }

    Endpoints endpoints_;
    Cors cors_;
    TrustedProxies proxies_;
    Throttle throttle_;
    AccessBook access_;
    decode::Formats formats_;
    MemberJudge judge_;
    FirstPartyCookies cookies_;
    bool debug_;
    std::size_t max_body_bytes_;
    spool::Spool& spool_;
    metrics::Metrics& metrics_;
    StoreRefusals store_refusals_;
};

}  // namespace

std::unique_ptr<net::Handler> make_collect_handler(const CollectSettings& settings, std::vector<Route> routes,
                                                   spool::Spool& spool, metrics::Metrics& metrics, Logger& logger) {
    return std::make_unique<CollectHandler>(settings, std::move(routes), spool, metrics, logger);
}

}  // namespace pinrelay::ingest
