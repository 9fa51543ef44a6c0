#include "consent_policy.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "url_parameter.hpp"

namespace pinrelay::ingest {
namespace {

using destination::Drop;
using model::Event;
using model::Grant;

constexpr std::string_view reason_consent = "consent";
constexpr std::string_view reason_repeat = "consent_repeat";
constexpr std::string_view click_id_parameter = "epik";

// Of the two that a conversion needs: a refusal of one is a refusal, and a grant of one is a grant, since not every
// sender has a word for both (Measurement Protocol has none for ad_storage).
Grant choice_of(const model::Consent& consent) noexcept {
    if (consent.denied()) return Grant::Denied;
    const bool granted = consent.ad_storage == Grant::Granted || consent.ad_user_data == Grant::Granted;
    return granted ? Grant::Granted : Grant::Unset;
}

// Whether an event leaves the relay under that choice, whole or stripped.
bool sends(ConsentPolicy policy, Grant choice) noexcept {
    switch (policy) {
        case ConsentPolicy::Respect: return choice != Grant::Denied;
        case ConsentPolicy::Require: return choice == Grant::Granted;
        case ConsentPolicy::Strip: return true;
    }
    return false;
}

std::string why_not(ConsentPolicy policy, Grant choice, const model::Consent& consent) {
    std::string text = choice == Grant::Denied ? "the visitor has refused consent" : "the event says no consent";
    if (!consent.signal.empty()) text += " (" + consent.signal + ")";
    text += ", and the account's policy is \"";
    text += name_of(policy);
    return text + '"';
}

// Address and user agent stay, since Pinterest refuses an event without anything to match it by. Under limited data
// processing state and country stay too: they say which law applies.
void strip(Event& event, model::Arena& arena) {
    const bool is_limited = event.consent.sale_opt_out || event.opt_out_type;
    model::UserData kept;
    if (is_limited) {
        kept.regions = std::move(event.user_data.regions);
        kept.countries = std::move(event.user_data.countries);
    }
    event.user_data = std::move(kept);
    for (auto* id : {&event.client_id, &event.user_id, &event.click_id, &event.cookie_click_id, &event.cookie_visitor,
                     &event.customer_type})
        id->reset();
    for (auto* url : {&event.page_location, &event.page_referrer})
        if (*url) *url = arena.copy(without_parameter(**url, click_id_parameter));
    event.source = model::Value();  // or an operator's pointer could bring back what was taken out
    event.opt_out = true;
}

}  // namespace

std::string_view name_of(ConsentPolicy policy) noexcept {
    switch (policy) {
        case ConsentPolicy::Respect: return "respect";
        case ConsentPolicy::Require: return "require";
        case ConsentPolicy::Strip: return "strip";
    }
    return {};
}

std::optional<Drop> apply(ConsentPolicy policy, Event& event, model::Arena& arena) {
    const Grant choice = choice_of(event.consent);
    if (!sends(policy, choice)) return Drop{reason_consent, "consent", why_not(policy, choice, event.consent)};
    if (event.consent.follows_grant && sends(policy, event.consent.before_choice))
        return Drop{reason_repeat, "consent", "the tag repeats a hit whose first copy was sent"};
    if (choice == Grant::Denied) strip(event, arena);
    return std::nullopt;
}

bool may_write_cookies(ConsentPolicy policy, const Event& event) noexcept {
    const Grant choice = choice_of(event.consent);
    const bool opted_out = event.opt_out.value_or(false) || event.consent.sale_opt_out;
    return !opted_out && choice != Grant::Denied && sends(policy, choice);
}

}  // namespace pinrelay::ingest
