#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/access/accounts.hpp"
#include "ingest/bots/not_people.hpp"
#include "ingest/proof/browser_proofs.hpp"
#include "ingest/visitor/client_address.hpp"
#include "memos.hpp"
#include "outcome.hpp"

namespace pinrelay::ingest {

// What is known of a request before its events are judged.
struct RequestContext {
    const AccessVerdicts& access;
    const Client& client;
    model::Arena& arena;                    // of the events
    std::optional<std::string> visitor_id;  // of the browser, which has it or may be given it
    bool explain = false;                   // whether the outcomes get their evidence
    std::optional<Proof> proof{};           // that the browser was here before
    bool local = false;                     // see is_local
    bool query_left_out = false;            // see keep_query_of_signed
};

// Decides what becomes of each member by itself. It adds the visitor, chooses the account, checks the sender's access,
// drops hits that no visitor made, applies the consent policy, translates, and holds the sender against what an account
// requires. No I/O; any thread.
class MemberJudge {
public:
    // `accounts` and `proofs` are lent and outlive the judge.
    MemberJudge(const Accounts& accounts, NotPeople not_people, BrowserProofs& proofs)
        : accounts_(accounts), not_people_(std::move(not_people)), proofs_(proofs) {}

    std::vector<Outcome> judge(decode::Members members, const http::Request& request,
                               const RequestContext& context) const;

private:
    Outcome judge_event(model::Event& event, const http::Request& request, const RequestContext& context,
                        Memos& memos) const;

    // Under ConsentPolicy::Strip the event may be changed.
    std::optional<destination::Drop> reason_to_drop(const Route& route, const std::optional<http::Refusal>& refusal,
                                                    model::Event& event, const http::Request& request,
                                                    const HitSource& source, const RequestContext& context) const;
    std::optional<destination::Drop> not_people(const model::Event& event, const http::Request& request,
                                                const HitSource& source, bool explain) const;

    // Puts the destination's answer in the outcome, unless the sender is not known well enough for such an event.
    void take(destination::Translation translation, const Route& route, const RequestContext& context,
              std::string_view because, Outcome& outcome) const;

    const Accounts& accounts_;
    NotPeople not_people_;
    BrowserProofs& proofs_;
};

}  // namespace pinrelay::ingest
