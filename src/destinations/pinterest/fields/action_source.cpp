#include "action_source.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/mapping/event_names.hpp"
#include "destinations/pinterest/present.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::string_view web = "web";
constexpr std::string_view android = "app_android";
constexpr std::string_view ios = "app_ios";
constexpr std::string_view by_platform = "app";  // the platform tells which
constexpr std::string_view by_signs = "";        // the event's other fields tell

// In any case and with any separators. Pinterest's own words, then Meta's, then what shops and tills write.
struct SourceWord {
    std::string_view word;
    std::string_view source;
};

constexpr std::array source_words = {
    SourceWord{"web", web},
    SourceWord{"app_android", android},
    SourceWord{"app_ios", ios},
    SourceWord{"offline", offline_source},
    SourceWord{"website", web},
    SourceWord{"email", web},
    SourceWord{"chat", web},
    SourceWord{"business_messaging", web},
    SourceWord{"app", by_platform},
    SourceWord{"mobile_app", by_platform},
    SourceWord{"in_app", by_platform},
    SourceWord{"phone_call", offline_source},
    SourceWord{"physical_store", offline_source},
    SourceWord{"system_generated", by_signs},
    SourceWord{"other", by_signs},
    SourceWord{"browser", web},
    SourceWord{"online", web},
    SourceWord{"online_store", web},
    SourceWord{"android", android},
    SourceWord{"ios", ios},
    SourceWord{"phone", offline_source},
    SourceWord{"call_center", offline_source},
    SourceWord{"call_centre", offline_source},
    SourceWord{"store", offline_source},
    SourceWord{"in_store", offline_source},
    SourceWord{"retail", offline_source},
    SourceWord{"retail_store", offline_source},
    SourceWord{"pos", offline_source},
    SourceWord{"point_of_sale", offline_source},
};

struct PlatformMark {
    std::string_view text;
    std::string_view source;
};

// Found in the operating system's name, else in the user agent ("okhttp" and "Darwin" are what apps' own HTTP stacks
// call themselves), else in the app store's name.
constexpr std::array marks = {
    PlatformMark{"android", android}, PlatformMark{"dalvik", android},
    PlatformMark{"okhttp", android},  PlatformMark{"iphone", ios},
    PlatformMark{"ipad", ios},        PlatformMark{"darwin", ios},
    PlatformMark{"apple", ios},       PlatformMark{"google play", android},
};

std::string_view platform(std::optional<std::string_view> text) {
    if (!text) return {};
    if (ascii::starts_with_ignoring_case(*text, "ios")) return ios;  // elsewhere it may be "Axios"
    for (const auto& mark : marks)
        if (ascii::contains_ignoring_case(*text, mark.text)) return mark.source;
    return {};
}

std::string_view app_source(const model::Event& event, Notes& notes) {
    for (const auto text : {event.device.operating_system, event.user_agent, event.app.store})
        if (const auto source = platform(text); !source.empty()) return source;
    notes.warn(warnings::action_source_unknown, "action_source",
               "an app event that does not tell its platform; sent as web");
    return web;
}

// A page, a browser or a click is of the web. An event that has none of them and comes from a server is one of a shop's
// till or of its back office.
bool is_of_web(const model::Event& event) {
    return event.sender == model::Sender::Browser || present(event.page_location) || present(event.user_agent) ||
           present(event.click_id) || present(event.cookie_click_id);
}

std::string_view source_by_signs(const model::Event& event, Notes& notes) {
    if (tells_of_an_app(event)) return app_source(event, notes);
    return is_of_web(event) ? web : offline_source;
}

const SourceWord* find_word(std::string_view given) {
    const auto* const word =
        std::ranges::find_if(source_words, [&](const SourceWord& w) { return same_spelling(w.word, given); });
    return word == source_words.end() ? nullptr : word;
}

}  // namespace

// A page's sender may name the system, too, and never an app.
bool tells_of_an_app(const model::Event& event) {
    if (event.app_instance_id) return true;
    return (event.app.id || event.app.package_name) && !platform(event.device.operating_system).empty();
}

std::string_view action_source(const model::Event& event, Notes& notes) {
    const auto given = present(event.action_source);
    if (!given) return tells_of_an_app(event) ? app_source(event, notes) : web;
    const SourceWord* word = find_word(*given);
    if (word == nullptr) {
        const auto source = source_by_signs(event, notes);
        notes.warn(warnings::action_source_unknown, "action_source",
                   "the sender's word is none that is known; by the event's other fields it is sent as " +
                       std::string(source));
        return source;
    }
    if (word->source == by_platform) return app_source(event, notes);
    return word->source == by_signs ? source_by_signs(event, notes) : word->source;
}

}  // namespace pinrelay::destinations::pinterest
