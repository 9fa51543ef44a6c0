#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fixtures/model/arena.hpp"
#include "golden_case.hpp"
#include "ingest/outcome/judge_members.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"

// What ingest makes of the events of a golden case.
namespace pinrelay::test {

namespace pinterest = destinations::pinterest;

inline std::unique_ptr<destination::Destination> destination_for(pinterest::Profile profile) {
    pinterest::Settings settings;
    settings.ad_account_id = "549755885175";
    settings.access_token = Secret("t");
    settings.default_region = "US";
    settings.profile = profile;
    return pinterest::make_pinterest(std::move(settings));
}

inline constexpr const char* golden_agent = "Mozilla/5.0 (golden)";

// Every browser sends a User-Agent; the cases leave it out where it says nothing.
inline http::Request request_of(const GoldenCase& one) {
    http::Request request = golden_request(one);
    if (request.header("User-Agent") == nullptr) request.headers.emplace_back("User-Agent", golden_agent);
    return request;
}

// A server's event must name its visitor itself, or nothing could be sent; the cases leave the visitor out.
inline void name_visitor(model::Event& event, const http::Request& request) {
    if (event.sender != model::Sender::Server) return;
    if (!event.ip_address) event.ip_address = request.peer_address;
    if (!event.user_agent) event.user_agent = *request.header("User-Agent");
}

// The cases show each event, whoever made the hit: tests/unit/ingest/bots has the hits that are dropped.
inline constexpr ingest::NotPeopleSettings everybody{false, false, false, false, false};

// What becomes of each member where what events say of their visitors is believed.
inline std::vector<ingest::Outcome> judged(const destination::Destination& destination, const http::Request& request,
                                           decode::Members members, bool explain = false) {
    ingest::Route route{&destination, {}, {}, {}};
    route.access.networks = {"0.0.0.0/0", "::/0"};
    const ingest::Accounts accounts({std::move(route)});
    const auto counts = ingest::make_proof_counts();
    ingest::BrowserProofs no_proofs({}, ingest::openssl_random, *counts);
    const ingest::MemberJudge judge(accounts, ingest::NotPeople(everybody), no_proofs);
    const ingest::Client client = ingest::TrustedProxies(std::vector<std::string>{}).client(request);
    const ingest::AccessVerdicts access = accounts.judge(request, client.address);
    return judge.judge(std::move(members), request, {access, client, arena(), std::nullopt, explain});
}

}  // namespace pinrelay::test
