#include "app_and_device.hpp"

#include <array>
#include <charconv>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

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

std::optional<std::string> form_factor(const std::optional<std::string>& category) {
    const auto given = present(category);
    if (!given) return std::nullopt;
    for (const auto& word : device_words)
        if (ascii::equals_ignoring_case(*given, word.seen)) return std::string(word.pinterest);
    return std::nullopt;
}

std::optional<std::string> os_family(const std::optional<std::string>& system) {
    const auto given = present(system);
    if (!given) return std::nullopt;
    for (const auto& word : system_words)
        if (ascii::starts_with_ignoring_case(*given, word.seen)) return std::string(word.pinterest);
    return "other";
}

std::optional<std::int64_t> pixels(std::string_view text) {
    constexpr std::int64_t most = 30720;  // Pinterest's limit
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end || number < 0 || number > most) return std::nullopt;
    return number;
}

// "1920x1080"
void put_screen(Object& members, const std::optional<std::string>& resolution, WarningList& warnings) {
    const auto given = present(resolution);
    if (!given) return;
    const auto cross = given->find_first_of("xX");
    const auto width = pixels(std::string_view(*given).substr(0, cross));
    const auto height = cross == std::string::npos ? std::nullopt : pixels(std::string_view(*given).substr(cross + 1));
    if (!width || !height) {
        warnings.add(warnings::field_invalid, "device_info.screen_width", "the resolution is not like 1920x1080");
        return;
    }
    put(members, "screen_width", whole_number(*width));
    put(members, "screen_height", whole_number(*height));
}

}  // namespace

Object app_info(const model::App& app) {
    Object members;
    put_filled(members, "app_id", present(app.id));
    put_filled(members, "app_name", present(app.name));
    put_filled(members, "app_package_name", present(app.package_name));
    put_filled(members, "app_store", present(app.store));
    put_filled(members, "app_version", present(app.version));
    return members;
}

Object device_info(const model::Device& device, WarningList& warnings) {
    Object members;
    put_filled(members, "brand", present(device.brand));
    put_filled(members, "model", present(device.model));
    put_filled(members, "carrier", present(device.carrier));
    put_filled(members, "form_factor", form_factor(device.category));
    put_filled(members, "os_family", os_family(device.operating_system));
    put_filled(members, "os_name", present(device.operating_system));
    put_filled(members, "os_version", present(device.operating_system_version));
    if (device.wifi.value_or(false)) put(members, "network_type", model::Value("wifi"));
    put_screen(members, device.screen_resolution, warnings);
    return members;
}

std::optional<std::string> language_code(const std::optional<std::string>& text, WarningList& warnings) {
    constexpr std::size_t length = 2;
    const auto given = present(text);
    if (!given) return std::nullopt;
    std::string code = ascii::in_lower_case(given->substr(0, given->find_first_of("-_,;")));
    if (code.size() == length && ascii::all_letters(code)) return code;
    warnings.add(warnings::field_invalid, "language", "it does not begin with a two-letter code");
    return std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest
