#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "head_rules.hpp"
#include "ingest/access/accounts.hpp"
#include "ingest/limits/bill.hpp"
#include "ingest/limits/throttle.hpp"
#include "ingest/outcome/judge_members.hpp"
#include "ingest/outcome/outcome.hpp"
#include "ingest/proof/browser_proofs.hpp"
#include "ingest/visitor/client_address.hpp"
#include "ingest/visitor/first_party_cookies.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "refusals.hpp"

namespace pinrelay::ingest {

// What is known of a request's events before any is stored.
struct Examination {
    std::optional<http::Response> refusal;  // of the whole request; then nothing but the client is known
    Client client;
    std::vector<Outcome> outcomes;
    std::optional<std::string> visitor_id;
    std::optional<Proof> proof;
};

// All of a request that takes a processor: admits its sender, unpacks, decodes and judges it, and holds it against the
// bounds. No I/O; any thread.
class Examiner {
public:
    // What it reads of the handler, which owns it. All are lent and outlive the examiner.
    struct Parts {
        const Throttle& throttle;
        const Accounts& accounts;
        const FirstPartyCookies& cookies;
        BrowserProofs& proofs;
        const Refusals& refusals;
    };

    Examiner(const CollectSettings& settings, const Parts& parts);

    // `request` comes back without what may not be read of it, and unpacked. The bucket of `client`, who sent it, is
    // charged with what the work took.
    Examination examine(http::Request& request, Purpose purpose, const Client& client) const;

private:
    using Answer = std::optional<http::Response>;

    Examination judge(decode::Members members, const http::Request& request, const RequestContext& context,
                      std::size_t packed, Bill& bill) const;
    std::optional<Proof> proof_of(const http::Request& request) const;
    bool may_explain(const AccessVerdicts& access, bool local) const;
    Answer unpack(http::Request& request) const;
    Answer refuse_bytes(const http::Request& request, const Client& client) const;
    http::Response stores_too_much(std::uint64_t stored, std::uint64_t received) const;

    Parts parts_;
    DebugAnswers debug_;
    std::size_t max_body_bytes_;
    decode::Formats formats_;
    MemberJudge judge_;
};

}  // namespace pinrelay::ingest
