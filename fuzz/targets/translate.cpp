#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "golden/event_keys.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"
#include "support/bytes.hpp"
#include "support/email.hpp"
#include "support/finished_event.hpp"
#include "support/planted_email.hpp"
#include "support/request_text.hpp"
#include "support/require.hpp"

namespace {

using namespace pinrelay;
namespace pinterest = destinations::pinterest;
using Account = std::unique_ptr<destination::Destination>;

pinterest::Settings plain_settings() {
    pinterest::Settings settings;
    settings.ad_account_id = "549755885175";
    settings.access_token = Secret("pina_TESTTOKEN");
    settings.default_region = "US";
    return settings;
}

// Everything that can be set otherwise, and values from places that the sender fills.
pinterest::Settings other_settings() {
    pinterest::Settings settings = plain_settings();
    settings.profile = pinterest::Profile::Extended;
    settings.unknown_events = pinterest::UnknownEvents::Custom;
    settings.custom_name = pinterest::CustomName::EventName;
    settings.default_currency = "EUR";
    settings.phone_hash = pinterest::PhoneHash::E164;
    settings.num_items = pinterest::NumItems::Lines;
    settings.click_id_order = {pinterest::ClickIdSource::Cookie, pinterest::ClickIdSource::Field};
    settings.external_id_lower_case = false;
    settings.external_id_from_client_id = true;
    settings.item_ids = {{"item_variant", "/sku", "item_id"}, nullptr, "shop_", "_1"};
    settings.max_contents = 2;
    settings.advertiser_tracking = false;
    pinterest::EventRule rule;
    rule.ga4_name = "*";
    rule.parameters = {{"custom_data.content_name", "/page_title", std::nullopt},
                       {"custom_data.value", "/ecommerce/value", std::nullopt},
                       {"custom_data.contents[].item_brand", "/name", std::nullopt},
                       {"user_data.external_id", "/client_id", std::nullopt},
                       {"event_source_url", "/params/page_location", std::nullopt}};
    settings.rules = {std::move(rule)};
    return settings;
}

const std::array<Account, 2>& accounts() {
    static const std::array<Account, 2> all = {pinterest::make_pinterest(plain_settings()),
                                               pinterest::make_pinterest(other_settings())};
    return all;
}

bool is_same(const destination::Translation& one, const destination::Translation& other) {
    const auto* record = std::get_if<model::Record>(&one.outcome);
    const auto* record_again = std::get_if<model::Record>(&other.outcome);
    if (record == nullptr || record_again == nullptr) {
        return record == record_again &&
               std::get<destination::Drop>(one.outcome).reason == std::get<destination::Drop>(other.outcome).reason;
    }
    return *record == *record_again && one.cookies == other.cookies && one.warnings.size() == other.warnings.size();
}

// A dead letter that is replayed under the settings of the day goes out as it was, or not at all.
void check_again(const destination::Destination& account, const model::Record& record, Time now) {
    const auto again = account.translate_again(record, now);
    const auto* replayed = std::get_if<model::Record>(&again.outcome);
    if (replayed == nullptr) return;
    fuzz::require(*replayed == record, "a replay sends what was stored");
}

// Each key of what is sent has an origin, and each origin is of such a key.
void check_origins(const destination::Translation& translation) {
    const auto* record = std::get_if<model::Record>(&translation.outcome);
    if (record == nullptr) return;
    std::set<std::string> explained;
    for (const auto& origin : translation.origins) explained.insert(origin.field);
    fuzz::require(explained.size() == translation.origins.size(), "no key is explained twice");
    fuzz::require(explained == test::keys_of_event(nlohmann::json::parse(record->body)), "each key has its origin");
}

void check_translation(const destination::Destination& account, const model::Event& explained, Time received) {
    model::Event event = explained;
    event.origins = nullptr;
    const auto translation = account.translate(event, received);
    const auto explanation = account.translate(explained, received);
    fuzz::require(is_same(translation, explanation), "an explanation changes nothing");
    check_origins(explanation);
    fuzz::require(is_same(translation, account.translate(event, received)), "an event is translated to the same");
    for (const auto& warning : translation.warnings)
        fuzz::require(!warning.code.empty() && !fuzz::has_email(warning.message), "a warning holds no e-mail address");
    if (const auto* drop = std::get_if<destination::Drop>(&translation.outcome)) {
        fuzz::require(!drop->reason.empty() && !fuzz::has_email(drop->message), "a drop holds no e-mail address");
        return;
    }
    const auto& record = std::get<model::Record>(translation.outcome);
    fuzz::check_finished(record);
    check_again(account, record, received);
}

// Who the visitor is, ingest decides; here everybody has an address and an agent, so that the event can be sent.
void add_visitor(model::Event& event, const http::Request& request) {
    if (!event.ip_address) event.ip_address = request.peer_address;
    if (!event.user_agent) event.user_agent = "Mozilla/5.0";
}

void check_request(const http::Request& request) {
    static const decode::Formats formats;
    model::Arena arena;
    auto decoded = formats.decode(request, arena, decode::Explain::Yes);
    auto* members = std::get_if<decode::Members>(&decoded);
    if (members == nullptr) return;
    for (decode::Member& member : *members) {
        auto* event = std::get_if<model::Event>(&member);
        if (event == nullptr) continue;
        add_visitor(*event, request);
        for (const Account& account : accounts()) check_translation(*account, *event, request.received);
    }
}

}  // namespace

// A request through decoding to the finished events of two accounts; and once more with an e-mail address in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = fuzz::text_of(data, size);
    const http::Request request = fuzz::read_request(input);
    check_request(request);
    if (const auto planted = fuzz::with_planted_email(request, input)) check_request(*planted);
    return 0;
}
