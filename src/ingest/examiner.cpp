#include "examiner.hpp"

#include <string_view>
#include <utility>
#include <variant>

#include "arrivals.hpp"
#include "ingest/access/local_client.hpp"
#include "ingest/limits/bill.hpp"
#include "ingest/limits/gzip.hpp"
#include "ingest/limits/repeated_header.hpp"
#include "ingest/limits/request_cost.hpp"
#include "pinrelay/http/wipe.hpp"

namespace pinrelay::ingest {
namespace {

// Metric labels of requests whose body cannot be unpacked.
constexpr std::string_view rejected_gzip = "broken_gzip";
constexpr std::string_view rejected_size = "body_too_large";
constexpr std::string_view rejected_unpacking = "unpacks_too_far";

constexpr std::string_view rejected_stored = "stores_too_much";

Examination refused(http::Response answer, const Client& client) {
    Examination found;
    found.refusal = std::move(answer);
    found.client = client;
    return found;
}

}  // namespace

Examiner::Examiner(const CollectSettings& settings, const Parts& parts)
    : parts_(parts),
      debug_(settings.debug),
      max_body_bytes_(settings.max_body_bytes),
      formats_(settings.decode),
      judge_(parts.accounts, NotPeople(settings.not_people), parts.proofs) {}

Examination Examiner::examine(http::Request& request, Purpose purpose, const Client& client) const {
    const Refusals& refusals = parts_.refusals;
    Bill bill(parts_.throttle, client.address, request);  // the check of a signature takes time, too
    // A signature covers the body as it came.
    const AccessVerdicts access = parts_.accounts.judge(request, client.vouched_address());
    if (const auto refusal = access.of_all()) return refused(refusals.refuse(*refusal), client);
    const bool local = debug_ == DebugAnswers::Operator || is_local(client, request);
    if (purpose == Purpose::Explain && !may_explain(access, local))
        return refused(refusals.refuse(debug_for_known), client);
    const bool query_left_out = access.best() == model::Trust::Signed && keep_query_of_signed(request.query);

    const std::size_t packed = request.body.size();
    if (auto broken = unpack(request)) return refused(std::move(*broken), client);
    if (auto slow_down = refuse_bytes(request, client)) return refused(std::move(*slow_down), client);
    bill.has_paid(request.query.size() + request.body.size());

    model::Arena arena;
    auto decoded =
        formats_.decode(request, arena, purpose == Purpose::Explain ? decode::Explain::Yes : decode::Explain::No);
    if (const auto* rejection = std::get_if<decode::Rejection>(&decoded))
        return refused(refusals.refuse(*rejection), client);
    const RequestContext context{access,
                                 client,
                                 arena,
                                 parts_.cookies.visitor_id(request),
                                 purpose == Purpose::Explain,
                                 proof_of(request),
                                 local,
                                 query_left_out};
    return judge(std::get<decode::Members>(std::move(decoded)), request, context, packed, bill);
}

Examination Examiner::judge(decode::Members members, const http::Request& request, const RequestContext& context,
                            std::size_t packed, Bill& bill) const {
    const Refusals& refusals = parts_.refusals;
    const Client& client = context.client;
    if (!may_repeat_header(request, members.size())) return refused(refusals.refuse(header_repeated), client);
    bill.has_events(members.size());
    auto outcomes = judge_.judge(std::move(members), request, context);
    if (const auto refusal = refusal_of_all(outcomes)) return refused(refusals.refuse(*refusal), client);
    const StoredBytes bytes = stored_bytes(outcomes);
    const std::uint64_t sent = request.query.size() + counted_bytes(packed, request.body.size());
    if (bytes.all > most_stored(sent)) return refused(stores_too_much(bytes.all, sent), client);
    if (!context.explain) bill.stores(bytes.of_strangers);
    return {std::nullopt, client, std::move(outcomes), context.visitor_id, context.proof};
}

// A browser sends its cookies along where a page of another site leads it here, too.
std::optional<Proof> Examiner::proof_of(const http::Request& request) const {
    return parts_.cookies.is_of_site(request) ? parts_.proofs.of(request) : std::nullopt;
}

bool Examiner::may_explain(const AccessVerdicts& access, bool local) const {
    return debug_ == DebugAnswers::Everybody || local || access.best() >= model::Trust::Network;
}

// Replaces a gzip body by its content.
Examiner::Answer Examiner::unpack(http::Request& request) const {
    if (!is_gzip(request.body)) return std::nullopt;
    auto unpacked = unpack_gzip(request.body, max_body_bytes_);
    if (auto* body = std::get_if<std::string>(&unpacked)) {
        http::wipe(request.body.data(), request.body.size());
        request.body = std::move(*body);
        return std::nullopt;
    }
    const Refusals& refusals = parts_.refusals;
    switch (std::get<GzipFailure>(unpacked)) {
        case GzipFailure::Broken: return refusals.refuse(400, rejected_gzip, "", "the gzip body is cut off or damaged");
        case GzipFailure::TooLarge:
            return refusals.refuse(413, rejected_size, "", "the body unpacks to more than collect.max_body_bytes");
        case GzipFailure::TooFar: break;
    }
    return refusals.refuse(413, rejected_unpacking, "",
                           "the gzip body unpacks to more than 64 KiB and 50 times its size");
}

Examiner::Answer Examiner::refuse_bytes(const http::Request& request, const Client& client) const {
    auto slow_down = parts_.throttle.refuse_bytes(client.address, request.query.size() + request.body.size());
    if (!slow_down) return std::nullopt;
    return parts_.refusals.refuse(rejected_client_rate, cause_client_rate, std::move(*slow_down));
}

http::Response Examiner::stores_too_much(std::uint64_t stored, std::uint64_t received) const {
    return parts_.refusals.refuse(413, rejected_stored, "",
                                  "the events would take " + std::to_string(stored) +
                                      " bytes in the store; a request of " + std::to_string(received) +
                                      " bytes may take " + std::to_string(most_stored(received)) +
                                      ": send fewer events in one request, or less that holds for all of them");
}

}  // namespace pinrelay::ingest
