#include "evidence.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::string_view the_event = "the event";

}  // namespace

std::string_view name_of(model::Trust trust) noexcept {
    switch (trust) {
        case model::Trust::Anonymous: return "anonymous";
        case model::Trust::Browser: return "browser";
        case model::Trust::Network: return "network";
        case model::Trust::Key: return "key";
        case model::Trust::Signed: return "signed";
    }
    return {};
}

Evidence evidence_of(const model::Event& event, const http::Request& request, const Client& client,
                     const Standing& standing) {
    Evidence evidence;
    evidence.trust = standing.trust;
    evidence.trust_because = standing.because;
    evidence.sender = event.sender;
    evidence.because = event.sender_sign;
    evidence.form = event.form;
    evidence.consent = event.consent.signal;
    if (event.origins) evidence.unread = event.origins->unread;
    const bool from_browser = event.sender == model::Sender::Browser;
    if (event.ip_address) {
        evidence.address = event.ip_address;
        evidence.address_from = the_event;
    } else if (from_browser && client.address) {
        evidence.address = http::to_text(*client.address);
        evidence.address_from = client.source;
    }
    if (event.user_agent) {
        evidence.user_agent_from = the_event;
    } else if (from_browser && request.header("User-Agent") != nullptr) {
        evidence.user_agent_from = "the header User-Agent";
    }
    return evidence;
}

}  // namespace pinrelay::ingest
