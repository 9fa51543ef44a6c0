#pragma once

#include <boost/container/small_vector.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/value.hpp"
#include "pinrelay/model/warning.hpp"

namespace pinrelay::model {

// The values of one field: mostly one.
using Texts = boost::container::small_vector<std::string_view, 1>;

// Personal data as it arrived. The destination trims and normalises it, recognises digests and drops "undefined".
// If a sender gives a value in plain text and also its sha256_ form, only the plain text is here: only plain text can
// be normalised by the destination's rules. (Google normalises Gmail addresses and phones differently before hashing.)
struct UserData {
    Texts emails;
    Texts phones;
    Texts first_names;
    Texts last_names;
    Texts genders;
    Texts birth_dates;
    Texts cities;
    Texts regions;
    Texts postal_codes;
    Texts countries;
    Texts external_ids;                          // user_id and its aliases
    Texts advertising_ids;                       // GAID, IDFA
    std::optional<std::string_view> partner_id;  // RampID and the like
    friend bool operator==(const UserData&, const UserData&) = default;
};

// One product line. All texts are as they came; price and quantity need not be numbers.
struct Item {
    std::optional<std::string_view> id;
    std::optional<std::string_view> name;
    std::optional<std::string_view> brand;
    std::optional<std::string_view> category;
    std::optional<std::string_view> variant;
    std::optional<std::string_view> price;
    std::optional<std::string_view> discount;
    std::optional<std::string_view> quantity;
    std::optional<std::string_view> currency;
    std::optional<std::string_view> list_name;
    std::optional<std::string_view> brand_id;

    // The item as it arrived, for settings that take its id from another key. Null unless DecodeLimits::item_sources.
    Value source;
    friend bool operator==(const Item&, const Item&) = default;
};

struct App {
    std::optional<std::string_view> id;
    std::optional<std::string_view> name;
    std::optional<std::string_view> package_name;
    std::optional<std::string_view> version;
    std::optional<std::string_view> store;
    friend bool operator==(const App&, const App&) = default;
};

struct Device {
    std::optional<std::string_view> brand;
    std::optional<std::string_view> model;
    std::optional<std::string_view> category;  // GA4: "mobile", "tablet", "desktop", "smart tv" …
    std::optional<std::string_view> carrier;
    std::optional<std::string_view> operating_system;
    std::optional<std::string_view> operating_system_version;
    std::optional<std::string_view> screen_resolution;  // "1920x1080"
    std::optional<bool> wifi;
    std::optional<bool> limited_ad_tracking;
    std::optional<bool> advertiser_tracking_enabled;
    friend bool operator==(const Device&, const Device&) = default;
};

enum class Grant { Unset, Granted, Denied };

struct Consent {
    Grant ad_storage = Grant::Unset;
    Grant ad_user_data = Grant::Unset;
    Grant ad_personalization = Grant::Unset;
    bool sale_opt_out = false;   // us_privacy, or the browser's Global Privacy Control: "do not sell or share"
    bool follows_grant = false;  // gcu=1: the tag repeats the page's hits after the visitor has chosen

    // The consent under which the tag sent such a hit for the first time. The tag repeats hits that were refused, so
    // the default is Denied; gcd may tell otherwise.
    Grant before_choice = Grant::Denied;

    // The key that decided, with its value where that is a choice and no more: "gcs=G100", "ad_user_data=denied". For
    // people; "" where no key speaks of consent.
    std::string signal;

    // Whether the visitor refused a consent that a conversion needs. Unset is not a refusal.
    bool denied() const noexcept { return ad_storage == Grant::Denied || ad_user_data == Grant::Denied; }
    friend bool operator==(const Consent&, const Consent&) = default;
};

// Whether the visitor's browser sent the event. A server (a GTM server container, a Measurement Protocol library) is
// not the visitor: its address and its user agent are never used as the visitor's.
enum class Sender { Browser, Server };

class Origins;

// The canonical GA4 event: the result of every wire format's decoder. Texts are raw. Absent is nullopt, never "". An
// event is a view: its texts and its source are in the request, in the arena into which that was decoded, or static,
// and must outlive it.
struct Event {
    std::string_view name;
    std::optional<std::string_view> event_id;  // the sender's own, under any of its aliases
    std::optional<std::string_view> transaction_id;
    std::optional<Time> time;      // by the sender's clock
    bool time_unreadable = false;  // the sender gave a time that could not be read

    // Identifies the hit if there is neither event_id nor transaction_id. Equal for a retry of the same bytes,
    // different for another event. 32 lower-case hex digits. The decoder makes it from the event_id or, without one,
    // from the content; ingest adds the visitor if the event names none.
    std::string_view fingerprint;

    std::optional<std::string_view> page_location;
    std::optional<std::string_view> page_referrer;
    std::optional<std::string_view> page_title;
    std::optional<std::string_view> language;
    std::optional<std::string_view> ip_address;
    std::optional<std::string_view> user_agent;
    std::optional<std::string_view> client_id;
    std::optional<std::string_view> user_id;
    std::optional<std::string_view> click_id;         // an explicit field
    std::optional<std::string_view> cookie_click_id;  // the `_epik` cookie, from the request or from common_cookie
    std::optional<std::string_view> cookie_visitor;  // the `_pin_unauth` cookie, from the request or from common_cookie
    std::optional<std::string_view> measurement_id;  // or firebase_app_id: tells streams, and so ad accounts, apart
    std::optional<std::string_view> app_instance_id;  // set for app streams only
    std::optional<std::string_view> action_source;    // an explicit field: web, app_android, app_ios, offline

    std::optional<std::string_view> value;
    std::optional<std::string_view> currency;
    std::optional<std::string_view> coupon;
    std::optional<std::string_view> predicted_ltv;
    std::optional<std::string_view> customer_type;  // "new" or "returning", or a sender's word for one
    std::optional<std::string_view> search_term;
    std::optional<std::string_view> item_list_name;
    std::optional<std::string_view> content_name;
    std::optional<std::string_view> content_category;
    std::optional<std::string_view> content_brand;
    std::vector<Item> items;
    std::uint64_t unlisted_units = 0;  // quantities of the items beyond the limit of a list; they are not in `items`

    std::optional<std::string_view> units;  // how many units the sender counts; for events without items

    UserData user_data;
    Consent consent;
    std::optional<bool> opt_out;
    std::optional<std::string_view> opt_out_type;  // "LDP"
    App app;
    Device device;
    Sender sender = Sender::Browser;
    std::string_view form;                         // static text: the input format, as Formats::names() has it
    std::string_view sender_sign;                  // static text for people: what told the sender ("Sec-Fetch-Site")
    bool debug_mode = false;                       // `debug_mode`, `_dbg`: the sender marks it as a developer's hit
    std::optional<std::string_view> traffic_type;  // `traffic_type`, `tt`: "internal" marks traffic of the shop's staff

    std::vector<Warning> warnings;  // what the decoder lost or guessed

    Value source;  // the event's object as it arrived; mapping rules read it by JSON pointer

    // Where the values came from; null unless somebody asked for an explanation. Copies of the event share it.
    std::shared_ptr<Origins> origins;
};

}  // namespace pinrelay::model
