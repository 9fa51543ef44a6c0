#include "pinrelay/ingest/collect_handler.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <span>
#include <string>
#include <utility>

#include "arrivals.hpp"
#include "examiner.hpp"
#include "head_rules.hpp"
#include "ingest/access/accounts.hpp"
#include "ingest/access/cors.hpp"
#include "ingest/limits/store_refusals.hpp"
#include "ingest/limits/throttle.hpp"
#include "ingest/long_bodies/in_turn.hpp"
#include "ingest/outcome/answer.hpp"
#include "ingest/outcome/commit.hpp"
#include "ingest/outcome/outcome_json.hpp"
#include "ingest/outcome/report.hpp"
#include "ingest/proof/browser_proofs.hpp"
#include "ingest/visitor/client_address.hpp"
#include "ingest/visitor/first_party_cookies.hpp"
#include "pinrelay/http/wipe.hpp"
#include "refusals.hpp"

namespace pinrelay::ingest {
namespace asio = boost::asio;

namespace {

// Of requests for which there is no room among the long ones that wait.
constexpr std::string_view rejected_busy = "busy";
constexpr std::string_view cause_busy = "too many long requests wait; send this one again";
constexpr std::string_view busy_retry_after = "2";  // seconds

constexpr std::string_view cause_account_rate = "gets more events than its max_events_per_second";
constexpr std::string_view cause_client_events =
    "gets more events of one client than a quarter of its max_events_per_second";

// Refusals of the connection that cost events of a well-meaning sender: something in the request is too large, or too
// many bodies are on their way.
constexpr std::array statuses_that_cost_events = {413, 414, 431, 503};

using Answer = std::optional<http::Response>;  // one that ends the pipeline; nothing: the next step follows

// So many take a worker a fraction of a millisecond.
constexpr std::size_t outcomes_at_once = 200;

// Why no account of an event explains it to its sender, who may post there.
constexpr std::string_view reason_debug_off = "debug_off";

// Leaves nothing of the events of accounts that do not know the sender.
void hide_from_stranger(std::vector<Outcome>& outcomes) {
    for (Outcome& outcome : outcomes) {
        if (!outcome.to_stranger || !outcome.sender) continue;
        Outcome hidden;
        hidden.event_name = std::move(outcome.event_name);
        hidden.sender = outcome.sender;
        hidden.result = destination::Drop{reason_debug_off, "", std::string(debug_for_known.message)};
        outcome = std::move(hidden);
    }
}

http::Response alive() {
    http::Response response;
    response.headers = {{"Cache-Control", "no-store"}, {"Content-Type", "text/plain; charset=utf-8"}};
    response.body = "ok\n";
    return response;
}

// The pipeline of a request: refuse it by its header; admit its sender, unpack, decode, judge, store, answer.
class CollectHandler final : public net::Handler {
public:
    CollectHandler(const CollectSettings& settings, std::vector<Route> routes, spool::Spool& spool,
                   metrics::Metrics& metrics, LongBodies& long_bodies, ProofCounts& proof_counts, Logger& logger)
        : head_rules_(settings.prefixes, settings.debug != DebugAnswers::Nobody),
          debug_(settings.debug),
          cors_(settings.allowed_origins),
          proxies_(settings.trusted_proxies, settings.forwarded_header),
          throttle_(settings.requests_per_client),
          accounts_(std::move(routes)),
          proofs_(settings.cookies.proof_keys, openssl_random, proof_counts),
          cookies_(settings.cookies, openssl_random),
          spool_(spool),
          metrics_(metrics),
          long_bodies_(long_bodies),
          report_(metrics, logger),
          store_refusals_(metrics, logger),
          examiner_(settings, {proxies_, throttle_, accounts_, cookies_, proofs_, refusals_}) {}

    bool admits_handshake(const boost::asio::ip::address& client) const noexcept override {
        if (proxies_.contains(client) || throttle_.takes_handshake(client)) return true;
        try {
            report_.refused(rejected_client_rate, "", cause_client_rate);
        } catch (...) {
            return false;  // for want of memory; the answer is the same
        }
        return false;
    }

    Answer refuse(const http::Request& head) const override {
        auto response = refuse_head(head);
        if (!response) return std::nullopt;
        cors_.apply(head, *response);
        metrics_.request(response->status, {});
        return response;
    }

    void refused_by_connection(const http::Refusal& refusal) const noexcept override {
        if (std::ranges::find(statuses_that_cost_events, refusal.status) == statuses_that_cost_events.end()) return;
        try {
            report_.refused(refusal.code, "", refusal.message);
        } catch (...) {
            return;  // for want of memory; the answer is the same
        }
    }

    asio::awaitable<http::Response> handle(http::Request request) override {
        const http::WipedAtEnd wiped(request);
        const auto started = std::chrono::steady_clock::now();
        const Purpose purpose = head_rules_.purpose(request);
        http::Response response;
        if (purpose == Purpose::Preflight) {
            response = cors_.preflight(request);
        } else if (purpose == Purpose::Health) {
            response = alive();
        } else {
            auto collecting = collect(request, purpose);
            response = co_await std::move(collecting);
        }
        if (purpose != Purpose::Preflight) cors_.apply(request, response);
        metrics_.request(response.status, std::chrono::steady_clock::now() - started);
        co_return response;
    }

private:
    Answer refuse_head(const http::Request& head) const {
        if (const auto refused = head_rules_.refuse_target(head)) {
            throttle_.charge(proxies_.client(head).address, 1);
            return said(head, *refused);
        }
        if (auto refused = refuse_sender(head, head_rules_.purpose(head))) return refused;
        const auto refused = refuse_body_type(head);
        return refused ? Answer(said(head, *refused)) : std::nullopt;
    }

    http::Response said(const http::Request& head, const HeadRefusal& refused) const {
        if (may_lose_events(head, refused))
            report_.refused(refused.refusal.code, refused.field, refused.refusal.message);
        return to_response(refused);
    }

    // A sign of life is counted and never refused: a load balancer's check must not fail for what others send.
    Answer refuse_sender(const http::Request& head, Purpose purpose) const {
        const Client client = proxies_.client(head);
        if (purpose == Purpose::Health) {
            throttle_.charge(client.address, 1);
            return std::nullopt;
        }
        if (auto slow_down = throttle_.refuse_client(client.address))
            return refusals_.refuse(rejected_client_rate, cause_client_rate, std::move(*slow_down));
        if (purpose == Purpose::Preflight) return std::nullopt;
        const auto refused = accounts_.refuse_head(head, client.vouched_address());
        return refused ? Answer(refusals_.refuse(*refused)) : std::nullopt;
    }

    asio::awaitable<http::Response> collect(http::Request& request, Purpose purpose) {
        const bool is_long = takes_long(request);
        const Turn turn = turn_of(proxies_.client(request).address);
        Examination found;
        auto working = in_turn_if(is_long, turn, request, [&] { found = examiner_.examine(request, purpose); });
        if (!co_await std::move(working)) co_return busy();
        if (found.refusal) co_return std::move(*found.refusal);
        auto& outcomes = found.outcomes;
        if (purpose == Purpose::Explain) {
            if (debug_ == DebugAnswers::KnownSenders) hide_from_stranger(outcomes);
            auto explaining = explain(outcomes);
            co_await std::move(explaining);
            http::Response explained;
            auto writing = in_turn_if(is_long, turn, request,
                                      [&] { explained = http::json_response(200, debug_report(outcomes)); });
            if (!co_await std::move(writing)) co_return busy();
            co_return explained;
        }
        if (outcomes.empty())
            co_return refusals_.refuse(
                decode::Rejection{decode::RejectCode::NotAnEvent, "", "an empty list holds no event"});
        if (nothing_readable(outcomes))
            co_return refusals_.refuse(std::get<decode::Rejection>(outcomes.front().result));

        auto storing = store(outcomes, request.received, found.client);
        if (auto refused = co_await std::move(storing)) co_return std::move(*refused);
        auto noting = note(outcomes, found.client);
        co_await std::move(noting);
        http::Response response;
        const auto write = [&] { response = answer(request, outcomes, found); };
        auto writing = in_turn_if(is_long && asks_for_json(request), turn, request, write);
        if (!co_await std::move(writing)) write();  // the events are stored: the sender must not send them again
        co_return response;
    }

    // Work on a long body goes to the thread for such and has its turn there; false where too much waits for that.
    asio::awaitable<bool> in_turn_if(bool is_long, Turn turn, const http::Request& request,
                                     std::function<void()> work) const {
        if (!is_long) {
            work();
            co_return true;
        }
        auto waiting = in_turn(long_bodies_, turn, weight_of(request), std::move(work));
        co_return co_await std::move(waiting);
    }

    http::Response busy() const {
        report_.refused(rejected_busy, "", cause_busy);
        auto response = http::error_response(503, rejected_busy, "", cause_busy);
        response.headers.emplace_back("Retry-After", busy_retry_after);
        return response;
    }

    // Only the store can tell which events it has. Nothing is stored.
    asio::awaitable<void> explain(std::vector<Outcome>& outcomes) {
        auto arrivals = arrivals_of(outcomes);
        auto checking = check_duplicates(spool_, std::move(arrivals));
        const auto duplicates = co_await std::move(checking);
        if (duplicates) mark(outcomes, *duplicates);
    }

    // In parts, between which everything else that waits for this worker has its turn.
    asio::awaitable<void> note(const std::vector<Outcome>& outcomes, const Client& client) const {
        const auto executor = co_await asio::this_coro::executor;
        for (std::size_t first = 0; first < outcomes.size(); first += outcomes_at_once) {
            const auto count = std::min(outcomes_at_once, outcomes.size() - first);
            report_.note(std::span(outcomes).subspan(first, count), client);
            if (first + count == outcomes.size()) co_return;
            auto others_first = asio::post(executor, asio::use_awaitable);
            co_await std::move(others_first);
        }
    }

    // Takes the records out of the outcomes, and resumes when they are on disk.
    asio::awaitable<Answer> store(std::vector<Outcome>& outcomes, Time received, const Client& client) {
        if (auto slow_down = refuse_events(accounts_, outcomes, client.address)) {
            const auto cause = slow_down->code == rejected_account_rate ? cause_account_rate : cause_client_events;
            co_return refusals_.refuse(slow_down->code, slow_down->destination + " " + std::string(cause),
                                       std::move(slow_down->answer));
        }
        auto arrivals = take_arrivals(outcomes);
        if (arrivals.empty()) co_return std::nullopt;
        auto committing = commit(spool_, std::move(arrivals));
        const auto duplicates = co_await std::move(committing);
        if (!duplicates) co_return store_refusals_.refuse(duplicates.error(), received);
        store_refusals_.took_events();
        mark(outcomes, *duplicates);
        co_return std::nullopt;
    }

    // A server that asks for JSON is told what became of each event, and the cookies. The usual answer says nothing,
    // and writes the cookies to the site's browser.
    http::Response answer(const http::Request& request, const std::vector<Outcome>& outcomes,
                          const Examination& found) {
        if (all_from_servers(outcomes) && asks_for_json(request))
            return http::json_response(200, server_answer(outcomes));
        auto response = accepted(request);
        cookies_.write(request, outcomes, found.visitor_id, response);
        if (cookies_.may_write(request, outcomes))
            if (auto proof =
                    proofs_.next(found.proof, found.client.address, request.received, std::chrono::steady_clock::now()))
                cookies_.write_proof(request, std::move(*proof), response);
        return response;
    }

    std::string server_answer(const std::vector<Outcome>& outcomes) const {
        JsonWriter json;
        json.begin_object();
        json.key("cookies");
        cookies_.write_json(json, outcomes);
        json.key("events");
        write_outcomes(json, outcomes);
        json.end_object();
        return json.take();
    }

    HeadRules head_rules_;
    DebugAnswers debug_;
    Cors cors_;
    TrustedProxies proxies_;
    Throttle throttle_;
    Accounts accounts_;
    BrowserProofs proofs_;
    FirstPartyCookies cookies_;
    spool::Spool& spool_;
    metrics::Metrics& metrics_;
    LongBodies& long_bodies_;
    mutable OutcomeReport report_;  // any thread may call it
    const Refusals refusals_{report_};
    StoreRefusals store_refusals_;
    const Examiner examiner_;  // of the parts above
};

}  // namespace

std::unique_ptr<net::Handler> make_collect_handler(const CollectSettings& settings, std::vector<Route> routes,
                                                   spool::Spool& spool, metrics::Metrics& metrics,
                                                   LongBodies& long_bodies, ProofCounts& proof_counts, Logger& logger) {
    return std::make_unique<CollectHandler>(settings, std::move(routes), spool, metrics, long_bodies, proof_counts,
                                            logger);
}

}  // namespace pinrelay::ingest
