#include "pinrelay/ingest/collect_handler.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <span>
#include <string>
#include <utility>

#include "arrivals.hpp"
#include "dropped_events.hpp"
#include "examiner.hpp"
#include "head_rules.hpp"
#include "ingest/access/accounts.hpp"
#include "ingest/access/cors.hpp"
#include "ingest/limits/store_refusals.hpp"
#include "ingest/limits/throttle.hpp"
#include "ingest/long_bodies/in_turn.hpp"
#include "ingest/outcome/answer.hpp"
#include "ingest/outcome/outcome_json.hpp"
#include "ingest/outcome/report.hpp"
#include "ingest/proof/browser_proofs.hpp"
#include "ingest/visitor/client_address.hpp"
#include "ingest/visitor/first_party_cookies.hpp"
#include "ingest/waiting/commit.hpp"
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

// What the header says, for both of the handler's calls.
struct Look final : net::HeadNotes {
    Look(Client sender, Purpose wanted) : client(std::move(sender)), purpose(wanted) {}

    const Client client;
    const Purpose purpose;
};

// The worker's.
asio::io_context& context_of(const asio::any_io_executor& executor) {
    return static_cast<asio::io_context&>(asio::query(executor, asio::execution::context));
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
                   metrics::Metrics& metrics, LongBodies& long_bodies, ProofCounts& proof_counts, Logger& logger,
                   watch::LiveEvents* live)
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
          report_(metrics, logger, live),
          store_refusals_(metrics, logger),
          examiner_(settings, {throttle_, accounts_, cookies_, proofs_, refusals_}) {}

    bool admits_handshake(const boost::asio::ip::address& client) const noexcept override {
        if (proxies_.contains(client) || throttle_.takes_handshake(client)) return true;
        try {
            report_.refused(rejected_client_rate, "", cause_client_rate);
        } catch (...) {
            return false;  // for want of memory; the answer is the same
        }
        return false;
    }

    Answer refuse(const http::Request& head, net::Notes& notes) const override {
        const Look& look = begin(head, notes);
        auto response = refuse_head(head, look);
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

    asio::awaitable<http::Response> handle(http::Request& request, net::Notes& notes) override {
        const Look& look = notes ? static_cast<const Look&>(*notes) : begin(request, notes);
        const bool collects = look.purpose == Purpose::Collect || look.purpose == Purpose::Explain;
        return collects ? collect(request, look) : answer_at_once(request, look.purpose);
    }

private:
    const Look& begin(const http::Request& head, net::Notes& notes) const {
        auto look = std::make_unique<Look>(proxies_.client(head), head_rules_.purpose(head));
        const Look& seen = *look;
        notes = std::move(look);
        return seen;
    }

    Answer refuse_head(const http::Request& head, const Look& look) const {
        if (const auto refused = head_rules_.refuse_target(head)) {
            throttle_.charge(look.client.address, 1);
            return said(head, *refused);
        }
        if (auto refused = refuse_sender(head, look)) return refused;
        const auto refused = refuse_body_type(head);
        return refused ? Answer(said(head, *refused)) : std::nullopt;
    }

    http::Response said(const http::Request& head, const HeadRefusal& refused) const {
        if (may_lose_events(head, refused))
            report_.refused(refused.refusal.code, refused.field, refused.refusal.message);
        return to_response(refused);
    }

    // A sign of life is counted and never refused: a load balancer's check must not fail for what others send.
    Answer refuse_sender(const http::Request& head, const Look& look) const {
        const Client& client = look.client;
        if (look.purpose == Purpose::Health) {
            throttle_.charge(client.address, 1);
            return std::nullopt;
        }
        if (auto slow_down = throttle_.refuse_client(client.address))
            return refusals_.refuse(rejected_client_rate, cause_client_rate, std::move(*slow_down));
        if (look.purpose == Purpose::Preflight) return std::nullopt;
        const auto refused = accounts_.refuse_head(head, client.vouched_address());
        return refused ? Answer(refusals_.refuse(*refused)) : std::nullopt;
    }

    http::Response counted(http::Response response, std::chrono::steady_clock::time_point started) const {
        metrics_.request(response.status, std::chrono::steady_clock::now() - started);
        return response;
    }

    asio::awaitable<http::Response> answer_at_once(http::Request& request, Purpose purpose) const {
        const http::WipedAtEnd wiped(request);
        const auto started = std::chrono::steady_clock::now();
        if (purpose == Purpose::Preflight) co_return counted(cors_.preflight(request), started);
        http::Response response = alive();
        cors_.apply(request, response);
        co_return counted(std::move(response), started);
    }

    // One coroutine for all of a usual request, since each more costs as much as a look at the header.
    asio::awaitable<http::Response> collect(http::Request& request, const Look& look) {
        const http::WipedAtEnd wiped(request);
        const auto started = std::chrono::steady_clock::now();
        auto& context = context_of(co_await asio::this_coro::executor);
        const bool is_long = takes_long(request);
        Examination found;
        Answer response;
        const auto examine = [&] { found = examiner_.examine(request, look.purpose, look.client); };
        if (is_long) {
            auto examining = in_turn(long_bodies_, turn_of(look.client.address), weight_of(request), examine);
            if (!co_await std::move(examining)) response = busy();
        } else {
            examine();
        }
        if (!response) response = refuse_all(found, look.purpose);
        if (!response && look.purpose == Purpose::Explain) {
            auto explaining = explain(request, look, found.outcomes, is_long);
            response = co_await std::move(explaining);
        }
        if (!response) response = refuse_rates(found);
        auto arrivals = response ? std::vector<spool::Arrival>() : take_arrivals(found.outcomes);
        if (!arrivals.empty()) {
            auto committing = commit(context, spool_, std::move(arrivals));
            const Checked stored = co_await std::move(committing);
            response = refuse_unstored(stored, found, request.received);
        }
        if (!response && !takes_parts(request, found, is_long)) response = end(request, found);
        if (!response) {
            auto ending = end_in_parts(request, look, found, is_long);
            response = co_await std::move(ending);
        }
        cors_.apply(request, *response);
        co_return counted(std::move(*response), started);
    }

    // Of a whole request that was examined.
    Answer refuse_all(Examination& found, Purpose purpose) const {
        if (found.refusal) return std::move(found.refusal);
        if (purpose == Purpose::Explain) return std::nullopt;
        if (found.outcomes.empty())
            return refusals_.refuse(
                decode::Rejection{decode::RejectCode::NotAnEvent, "", "an empty list holds no event"});
        if (nothing_readable(found.outcomes))
            return refusals_.refuse(std::get<decode::Rejection>(found.outcomes.front().result));
        return std::nullopt;
    }

    http::Response busy() const {
        report_.refused(rejected_busy, "", cause_busy);
        auto response = http::error_response(503, rejected_busy, "", cause_busy);
        response.headers.emplace_back("Retry-After", busy_retry_after);
        return response;
    }

    // Only the store can tell which events it has. Nothing is stored.
    asio::awaitable<http::Response> explain(http::Request& request, const Look& look, std::vector<Outcome>& outcomes,
                                            bool is_long) {
        if (debug_ == DebugAnswers::KnownSenders) hide_from_stranger(outcomes);
        auto& context = context_of(co_await asio::this_coro::executor);
        auto checking = check_duplicates(context, spool_, arrivals_of(outcomes));
        const Checked checked = co_await std::move(checking);
        if (checked.result) mark(outcomes, *checked.result);
        http::Response explained;
        const auto write = [&] { explained = http::json_response(200, debug_report(outcomes)); };
        if (!is_long) {
            write();
            co_return explained;
        }
        auto writing = in_turn(long_bodies_, turn_of(look.client.address), weight_of(request), write);
        const bool done = co_await std::move(writing);
        co_return done ? std::move(explained) : busy();
    }

    Answer refuse_rates(const Examination& found) {
        auto slow_down = refuse_events(accounts_, found.outcomes, found.client.address);
        if (!slow_down) return std::nullopt;
        const auto cause = slow_down->code == rejected_account_rate ? cause_account_rate : cause_client_events;
        return refusals_.refuse(slow_down->code, slow_down->destination + " " + std::string(cause),
                                std::move(slow_down->answer));
    }

    // Where the store took the events, marks those that it had already.
    Answer refuse_unstored(const Checked& stored, Examination& found, Time received) {
        if (!stored.result) return store_refusals_.refuse(stored.result.error(), received);
        store_refusals_.took_events();
        mark(found.outcomes, *stored.result);
        return std::nullopt;
    }

    // Whether the end of the request is too much work for one piece.
    static bool takes_parts(const http::Request& request, const Examination& found, bool is_long) {
        return found.outcomes.size() > outcomes_at_once || (is_long && asks_for_json(request));
    }

    http::Response end(const http::Request& request, const Examination& found) {
        note(found.outcomes, found.client, request);
        return answer(request, found.outcomes, found);
    }

    void note(std::span<const Outcome> outcomes, const Client& client, const http::Request& request) {
        report_.note(outcomes, client, request);
        if (spool_.has_journal()) spool_.note_dropped(dropped_events(outcomes));
    }

    // In parts, between which everything else that waits for this worker has its turn.
    asio::awaitable<http::Response> end_in_parts(const http::Request& request, const Look& look,
                                                 const Examination& found, bool is_long) {
        const auto executor = co_await asio::this_coro::executor;
        const std::span<const Outcome> outcomes(found.outcomes);
        for (std::size_t first = 0; first < outcomes.size(); first += outcomes_at_once) {
            const auto count = std::min(outcomes_at_once, outcomes.size() - first);
            note(outcomes.subspan(first, count), found.client, request);
            if (first + count == outcomes.size()) break;
            auto others_first = asio::post(executor, asio::use_awaitable);
            co_await std::move(others_first);
        }
        http::Response response;
        const auto write = [&] { response = answer(request, found.outcomes, found); };
        if (is_long && asks_for_json(request)) {
            auto writing = in_turn(long_bodies_, turn_of(look.client.address), weight_of(request), write);
            if (co_await std::move(writing)) co_return response;
        }
        write();  // the events are stored: where too much waits, the sender must still not send them again
        co_return response;
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
                                                   LongBodies& long_bodies, ProofCounts& proof_counts, Logger& logger,
                                                   watch::LiveEvents* live) {
    return std::make_unique<CollectHandler>(settings, std::move(routes), spool, metrics, long_bodies, proof_counts,
                                            logger, live);
}

}  // namespace pinrelay::ingest
