#include "action_source.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::string_view web = "web";
constexpr std::array sources = {web, std::string_view("app_android"), std::string_view("app_ios"), offline_source};

struct PlatformMark {
    std::string_view text;
    std::string_view source;
};

// Found in the operating system's name, else in the user agent ("okhttp" and "Darwin" are what apps' own HTTP stacks
// call themselves).
constexpr std::array marks = {
    PlatformMark{"android", "app_android"}, PlatformMark{"dalvik", "app_android"},
    PlatformMark{"okhttp", "app_android"},  PlatformMark{"iphone", "app_ios"},
    PlatformMark{"ipad", "app_ios"},        PlatformMark{"darwin", "app_ios"},
};

std::string_view platform(const std::optional<std::string>& text) {
    if (!text) return {};
    if (ascii::starts_with_ignoring_case(*text, "ios")) return "app_ios";  // elsewhere it may be "Axios"
    for (const auto& mark : marks)
        if (ascii::contains_ignoring_case(*text, mark.text)) return mark.source;
    return {};
}

}  // namespace

std::string_view action_source(const model::Event& event, WarningList& warnings) {
    if (const auto given = present(event.action_source)) {
        const auto known =
            std::ranges::find_if(sources, [&](std::string_view s) { return ascii::equals_ignoring_case(s, *given); });
        if (known != sources.end()) return *known;
        warnings.add(warnings::action_source_unknown, "action_source", "the sender's word is none of Pinterest's");
    }
    if (!event.app_instance_id) return web;
    for (const auto* text : {&event.device.operating_system, &event.user_agent})
        if (const auto source = platform(*text); !source.empty()) return source;
    warnings.add(warnings::action_source_unknown, "action_source", "an app event that does not tell its platform");
    return web;
}

}  // namespace pinrelay::destinations::pinterest
