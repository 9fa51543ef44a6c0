#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace pinrelay::decode {

// What a JSON key can mean. Each is read by the rules of its Kind.
enum class Field : std::uint8_t {
    EventId,
    TransactionId,
    Time,
    SentTime,      // when the sender's clock says that it sent the request
    OriginalTime,  // the time by the device's clock, beside one that a server has corrected
    ReceivedTime,  // when an earlier server received the event
    PageLocation,
    PageReferrer,
    PageTitle,
    Language,
    IpAddress,
    UserAgent,
    ClientId,
    UserId,
    ClickId,
    CookieClickId,
    CookieVisitor,
    MeasurementId,
    AppInstanceId,
    ActionSource,
    Value,
    Currency,
    Coupon,
    PredictedLtv,
    CustomerType,
    NewCustomer,
    SearchTerm,
    ItemListName,
    ContentName,
    ContentCategory,
    ContentBrand,
    OptOut,
    OptOutType,
    Items,
    ContentIds,
    Units,
    ExternalId,
    Email,
    EmailDigest,
    Phone,
    PhoneDigest,
    FirstName,
    FirstNameDigest,
    LastName,
    LastNameDigest,
    Gender,
    BirthDate,
    City,
    Region,
    PostalCode,
    Country,
    Address,
    AdvertisingId,
    PartnerId,
    AppId,
    AppName,
    AppPackageName,
    AppVersion,
    AppStore,
    DeviceBrand,
    DeviceModel,
    DeviceCategory,
    DeviceCarrier,
    OperatingSystem,
    OperatingSystemVersion,
    ScreenResolution,
    Wifi,
    LimitedAdTracking,
    AdvertiserTrackingEnabled,
    DebugMode,
    TrafficType,
    AdStorage,
    AdUserData,
    AdPersonalization,
    ConsentStatus,   // gcs
    ConsentDetails,  // gcd
    NonPersonalizedAds,
    ConsentUpdate,  // gcu
    PrivacyString,  // us_privacy
    Count,
};

enum class Kind : std::uint8_t {
    Scalar,     // a text, number or boolean
    List,       // a scalar, or an array of them of which all are kept
    Structure,  // an array, an object, or a text that holds JSON
    Address,    // a scalar that holds a network address which a visitor can have
    Consent,    // a signal: all places count, not only the first
};

// One row: what is read, how, and where. A path's dots are objects within objects; the same path is also found written
// in one key, joined by '_' or '.', and '-' is the same as '_' ("x-ga-gcs", "x_ga_gcs"), since that is how tags that
// flatten event data write it; a key in camel case is the same as one in snake case ("billingEmail"), behind it in
// rank. Earlier paths win.
struct Aliases {
    Field field;
    Kind kind;
    std::array<std::string_view, 20> paths;
};

// What a whole key, in its flattened spelling, stands for.
struct Meaning {
    bool is_field = false;
    bool is_container = false;  // paths go on below it
    Field field = Field::Count;
    Kind kind = Kind::Scalar;
    std::uint16_t rank = 0;  // place among the field's paths, below ranks_of_a_field
    std::string_view path;   // as the table writes it, for people
};
inline constexpr unsigned ranks_of_a_field = 1024;

// Builds the index that find_meaning reads. Call it at start-up: if memory runs out then, std::bad_alloc can still end
// the process in order. Later calls do nothing. Thread-safe.
void load_aliases();

// Meaning of a flattened key such as "user_data_address_first_name"; null pointer for any other key.
const Meaning* find_meaning(std::string_view flattened) noexcept;

// '.' and '-' as '_'.
constexpr char flattened_character(char c) noexcept { return c == '.' || c == '-' ? '_' : c; }

}  // namespace pinrelay::decode
