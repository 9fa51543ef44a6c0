#include "app_and_device.hpp"

#include <array>
#include <charconv>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Value;

struct Word {
    std::string_view seen;
    std::string_view pinterest;
};

// GA4's device category, and what other senders write there.
constexpr std::array device_words = {
    Word{"mobile", "cellphone"},
    Word{"cellphone", "cellphone"},
    Word{"smartphone", "cellphone"},
    Word{"phone", "cellphone"},
    Word{"tablet", "tablet"},
    Word{"desktop", "desktop"},
    Word{"laptop", "laptop"},
    Word{"smart tv", "tv"},
    Word{"smarttv", "tv"},
    Word{"tv", "tv"},
    Word{"smartwatch", "smartwatch"},
    Word{"watch", "smartwatch"},
    Word{"wearable", "smartwatch"},
    Word{"console", "console"},
    Word{"vr", "vr"},
    Word{"xr", "vr"},
    Word{"other", "other"},
};

// By the beginning of the name: "Windows NT", "Mac OS X", "iPadOS".
constexpr std::array system_words = {
    Word{"ios", "ios"},      Word{"ipados", "ios"},   Word{"iphone", "ios"},      Word{"android", "android"},
    Word{"mac", "macos"},    Word{"os x", "macos"},   Word{"windows", "windows"}, Word{"linux", "linux"},
    Word{"ubuntu", "linux"}, Word{"debian", "linux"}, Word{"fedora", "linux"},    Word{"freebsd", "bsd"},
    Word{"openbsd", "bsd"},  Word{"netbsd", "bsd"},
};

std::optional<std::int64_t> pixels(std::string_view text, std::int64_t most) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end || number < 0 || number > most) return std::nullopt;
    return number;
}

struct Screen {
    std::int64_t width;
    std::int64_t height;
};

// "1920x1080"
std::optional<Screen> screen(const model::Device& device, std::int64_t most, Notes& notes) {
    const auto given = present(device.screen_resolution);
    if (!given) return std::nullopt;
    const auto cross = given->find_first_of("xX");
    const auto width = pixels(given->substr(0, cross), most);
    const auto height = cross == std::string_view::npos ? std::nullopt : pixels(given->substr(cross + 1), most);
    if (width && height) return Screen{*width, *height};
    notes.warn(warnings::field_invalid, "device_info.screen_width", "the resolution is not like 1920x1080");
    return std::nullopt;
}

}  // namespace

namespace make {

std::optional<Value> form_factor(const Field&, Scene& scene, Notes&) {
    const auto given = present(scene.event.device.category);
    if (!given) return std::nullopt;
    for (const auto& word : device_words)
        if (ascii::equals_ignoring_case(*given, word.seen)) return Value(word.pinterest);
    return std::nullopt;
}

std::optional<Value> os_family(const Field&, Scene& scene, Notes&) {
    const auto given = present(scene.event.device.operating_system);
    if (!given) return std::nullopt;
    for (const auto& word : system_words)
        if (ascii::starts_with_ignoring_case(*given, word.seen)) return Value(word.pinterest);
    return Value("other");
}

std::optional<Value> network_type(const Field&, Scene& scene, Notes&) {
    return scene.event.device.wifi.value_or(false) ? std::optional(Value("wifi")) : std::nullopt;
}

std::optional<Value> screen_width(const Field& field, Scene& scene, Notes& notes) {
    const auto size = screen(scene.event.device, field.max, notes);
    return size ? std::optional(whole_number(size->width, scene.arena)) : std::nullopt;
}

std::optional<Value> screen_height(const Field& field, Scene& scene, Notes& notes) {
    const auto size = screen(scene.event.device, field.max, notes);
    return size ? std::optional(whole_number(size->height, scene.arena)) : std::nullopt;
}

std::optional<Value> language(const Field&, Scene& scene, Notes& notes) {
    constexpr std::size_t length = 2;
    const auto given = present(scene.event.language);
    if (!given) return std::nullopt;
    const std::string_view code = given->substr(0, given->find_first_of("-_,;"));
    if (code.size() == length && ascii::all_letters(code)) return Value(scene.arena.copy(ascii::in_lower_case(code)));
    notes.warn(warnings::field_invalid, "language", "it does not begin with a two-letter code");
    return std::nullopt;
}

}  // namespace make
}  // namespace pinrelay::destinations::pinterest
