#include "standing_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "decode/text/json_text.hpp"
#include "decode/text/snake_case.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/decode/warnings.hpp"

namespace pinrelay::decode {
namespace {

using model::Grant;
using model::Value;

// Scopes of Fields::read: the lower one wins, so each later word has a lower one, and `config` is before `set`, as the
// tag ranks them. A request has fewer members than the scopes of either kind.
constexpr unsigned first_set_scope = 200'000;
constexpr unsigned first_config_scope = 100'000;

// Fields of one event alone: two events with one id would be one.
constexpr std::array of_one_event = {Field::EventId, Field::Time, Field::SentTime, Field::OriginalTime,
                                     Field::ReceivedTime};

// What a push without an event says of a deed is not for the next events, which may be others.
constexpr std::array of_a_deed = {Field::Items,        Field::ContentIds,  Field::Value,       Field::TransactionId,
                                  Field::Coupon,       Field::SearchTerm,  Field::ContentName, Field::ContentCategory,
                                  Field::ContentBrand, Field::ItemListName};

constexpr std::array<std::string_view, 4> consent_names = {"consent", "cookie", "privacy", "cmp"};

// Categories of cookie banners that stand for advertising. Read only in a push that tells of consent.
constexpr std::array<std::string_view, 6> advertising_words = {"marketing", "advertising",  "advertisement",
                                                               "ads",       "ad_marketing", "targeting"};

// What banners put around a category's name: "cookie_consent_marketing", "marketing_consent".
constexpr std::array<std::string_view, 5> before_a_category = {"cookie_consent_", "consent_", "cookies_", "cookie_",
                                                               "accept_"};
constexpr std::array<std::string_view, 5> behind_a_category = {"_consent", "_cookies", "_cookie", "_accepted",
                                                               "_allowed"};

std::string_view bare_category(std::string_view key) {
    for (const std::string_view word : before_a_category) {
        if (!key.starts_with(word)) continue;
        key.remove_prefix(word.size());
        break;
    }
    for (const std::string_view word : behind_a_category)
        if (key.ends_with(word)) return key.substr(0, key.size() - word.size());
    return key;
}

Grant advertising_grant_among(Value::Object members) {
    for (const Value::Member& member : members) {
        const std::string key = in_snake_case(member.key);
        if (std::ranges::find(advertising_words, bare_category(key)) == advertising_words.end()) continue;
        if (const Grant grant = grant_of(member.value); grant != Grant::Unset) return grant;
    }
    return Grant::Unset;
}

// The grant under a category's name, in the push or in an object within.
Grant advertising_grant(const Value& push) {
    const auto members = push.object();
    if (!members) return Grant::Unset;
    Grant grant = advertising_grant_among(*members);
    for (const Value::Member& member : *members) {
        if (grant != Grant::Unset) break;
        if (const auto inside = member.value.object()) grant = advertising_grant_among(*inside);
    }
    return grant;
}

// Adds the purposes that an object within a push names, whatever the banner calls that object. A refusal stays.
void add_purposes_inside(model::Consent& consent, const Value& push) {
    const auto members = push.object();
    if (!members) return;
    for (const Value::Member& member : *members) {
        const auto inside = member.value.object();
        if (!inside) continue;
        for (const Value::Member& one : *inside) {
            const std::string key = in_snake_case(one.key);
            for (const Purpose& purpose : purposes)
                if (key == purpose.key) add_grant(consent, purpose, grant_of(one.value), {});
        }
    }
}

std::string visitor_of(std::optional<std::string_view> client_id, std::optional<std::string_view> user_id) {
    if (client_id) return "c" + std::string(*client_id);
    return user_id ? "u" + std::string(*user_id) : std::string();
}

// ["set","currency","EUR"] and ["set","user_data",{…}] as an object.
Value set_words(const Value& first, const Value* second, model::Arena& arena) {
    if (!first.is_text() || second == nullptr) return first;
    return model::with_member(Value(Value::Object()), *first.text(), *second, arena);
}

}  // namespace

StandingWords::StandingWords(model::Arena& arena)
    : arena_(arena), words_(arena), next_set_(first_set_scope), next_config_(first_config_scope) {}

// ["set","user_id",null] takes back what was set, as in the tag: somebody has logged out.
void StandingWords::take_back(const Value& words) {
    const auto members = words.object();
    if (!members) return;
    for (const Value::Member& member : *members) {
        if (!member.value.is_null()) continue;
        const Meaning* meaning = find_meaning(in_snake_case(member.key));
        if (meaning != nullptr && meaning->is_field) words_.forget(meaning->field);
    }
}

void StandingWords::keep(const Value& closed, unsigned scope) {
    const Value words = open_json_texts(closed, arena_);
    take_back(words);
    words_.read(words, scope);
    for (const Field field : of_one_event) words_.forget(field);
    take_consent(choices_, words_.consent(), ConsentChoices::Kind::Update, "set");
    words_.forget_grants();
}

void StandingWords::take_consent(ConsentChoices& choices, const model::Consent& consent, ConsentChoices::Kind kind,
                                 std::string_view said_by) {
    ++order_;
    for (std::size_t i = 0; i < purposes.size(); ++i) {
        const Grant grant = consent.*purposes[i].grant;
        choices.take(i, kind, grant, std::string(said_by) + " " + said_of(purposes[i].key, grant), order_);
    }
}

void StandingWords::take_command(std::string_view command, const Value* first, const Value* second) {
    see_data_layer();
    if (first == nullptr) return;
    if (command == "set") return keep(set_words(*first, second, arena_), --next_set_);
    if (command == "config" && second != nullptr) return keep(*second, --next_config_);
    if (command != "consent" || !first->is_text() || second == nullptr) return;
    const auto inside = structure_in_text(*second, arena_);
    choices_.take(*first->text(), inside ? *inside : *second, ++order_);
}

void StandingWords::take_consent_push(const Value& push, const Fields& fields, bool is_default) {
    using CommandKind = ConsentChoices::Kind;
    const bool is_regional = is_default && push.find("region") != nullptr;
    const CommandKind kind = is_regional  ? CommandKind::RegionalDefault
                             : is_default ? CommandKind::Default
                                          : CommandKind::Update;
    const std::string visitor = visitor_of(fields.text(Field::ClientId), fields.text(Field::UserId));
    if (!visitor.empty()) latest_visitor_ = visitor;
    model::Consent consent = fields.consent();
    add_purposes_inside(consent, push);
    const Grant advertising = advertising_grant(push);
    for (Grant model::Consent::*grant : {&model::Consent::ad_storage, &model::Consent::ad_user_data})
        if (consent.*grant == Grant::Unset) consent.*grant = advertising;
    take_consent(visitor.empty() ? choices_ : of_visitors_[visitor], consent, kind,
                 is_default ? "pushed consent default" : "pushed consent");
}

void StandingWords::take_page_push(const Value& push) {
    Fields page(arena_);
    page.read(push);
    for (const Field field : of_one_event) page.forget(field);
    for (const Field field : of_a_deed) page.forget(field);
    page.forget_grants();
    page.fill_from(words_);
    words_ = std::move(page);
}

void StandingWords::add_choices(model::Event& event) const {
    ConsentChoices choices = choices_;
    std::string visitor = visitor_of(event.client_id, event.user_id);
    if (visitor.empty()) visitor = latest_visitor_;
    const auto own = of_visitors_.find(visitor);
    if (own != of_visitors_.end()) choices.merge(own->second);
    choices.add_to(event.consent);
    if (!event.consent.signal.ends_with(ConsentChoices::regional_sign)) return;
    event.warnings.push_back(
        {warnings::consent_region_unknown, "region",
         "a consent default for some regions refuses; the visitor's region is not known, so it counts"});
}

bool tells_of_consent(std::string_view name) noexcept {
    return std::ranges::any_of(consent_names,
                               [name](std::string_view word) { return ascii::contains_ignoring_case(name, word); });
}

bool tells_of_default(std::string_view name) noexcept { return ascii::contains_ignoring_case(name, "default"); }

}  // namespace pinrelay::decode
