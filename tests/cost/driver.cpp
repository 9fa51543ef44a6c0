#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "around.hpp"
#include "count_allocations.hpp"
#include "golden/golden_case.hpp"
#include "ingest/outcome/judge_members.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"

// Decodes, judges and translates the request of a golden case: cost_driver CASE TIMES [COPIES]
//   CASE     e.g. data_layer/owners_purchase
//   COPIES   of the events of the request, which has the list "events"; 1 where absent
// Or does all that is around an event: cost_driver around TIMES
// Prints the number of events that were made each time, and of allocations in all. test_cost.py runs it under
// callgrind.

namespace {

std::uint64_t of_the_start = 0;

using namespace pinrelay;
namespace pinterest = destinations::pinterest;

constexpr const char* browser =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
    "Safari/605.1.15";

http::Request request_of(const std::string& name, int copies) {
    http::Request request = test::golden_request({test::golden_root() / name});
    if (request.header("User-Agent") == nullptr) request.headers.emplace_back("User-Agent", browser);
    if (copies == 1) return request;
    auto body = test::Json::parse(request.body);
    const auto first = body.at("events").at(0);
    for (int number = 1; number < copies; ++number) {
        auto event = first;
        event["params"]["event_id"] = "copy-" + std::to_string(number);
        body["events"].push_back(std::move(event));
    }
    request.body = body.dump();
    return request;
}

ingest::Route route_to(const destination::Destination& account) {
    ingest::Route route{&account, {}, {}, {}};
    route.access.networks = {"0.0.0.0/0", "::/0"};
    return route;
}

// What ingest does to a request between its header and the store.
class Pipeline {
public:
    Pipeline(const destination::Destination& account, decode::DecodeLimits limits)
        : accounts_({route_to(account)}), formats_(limits) {}

    // The number of records made.
    std::size_t run(const http::Request& request) const {
        const ingest::Client client = proxies_.client(request);
        const ingest::AccessVerdicts access = accounts_.judge(request, client.address);
        model::Arena arena;
        auto decoded = formats_.decode(request, arena);
        auto* members = std::get_if<decode::Members>(&decoded);
        if (members == nullptr) return 0;
        std::size_t records = 0;
        for (const auto& outcome : judge_.judge(std::move(*members), request, {access, client, arena, std::nullopt}))
            if (std::holds_alternative<model::Record>(outcome.result)) ++records;
        return records;
    }

private:
    ingest::TrustedProxies proxies_{std::vector<std::string>{}};
    ingest::Accounts accounts_;
    decode::Formats formats_;
    std::unique_ptr<ingest::ProofCounts> no_counts_ = ingest::make_proof_counts();
    ingest::BrowserProofs no_proofs_{{}, ingest::openssl_random, *no_counts_};
    ingest::MemberJudge judge_{accounts_, ingest::NotPeople(ingest::NotPeopleSettings{}), no_proofs_};
};

void note_start() { of_the_start = test::allocations(); }

std::unique_ptr<destination::Destination> make_account() {
    pinterest::Settings settings;
    settings.ad_account_id = "549755885175";
    settings.access_token = Secret("t");
    settings.default_region = "US";
    return pinterest::make_pinterest(std::move(settings));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const std::string_view name = argv[1];
    const int times = std::atoi(argv[2]);
    std::size_t records = 1;
    if (name == "around") {
        test::serve_requests(static_cast<std::size_t>(times), note_start);
    } else {
        const http::Request request = request_of(argv[1], argc > 3 ? std::atoi(argv[3]) : 1);
        const auto account = make_account();
        decode::DecodeLimits limits;
        limits.segment = name.starts_with("segment/");
        const Pipeline pipeline(*account, limits);
        records = pipeline.run(request);  // what is made once, is made now
        note_start();
        for (int i = 0; i < times; ++i) records = pipeline.run(request);
    }
    std::printf("%zu events, %llu allocations\n", records,
                static_cast<unsigned long long>(test::allocations() - of_the_start));
    return records == 0 ? 1 : 0;
}
