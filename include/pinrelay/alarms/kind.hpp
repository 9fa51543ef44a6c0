#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace pinrelay::alarms {

// What an alarm is about. docs/alarms.md explains each.
enum class Kind {
    Paused,              // the destination refuses the account's token or id
    Late,                // an event waits too long
    DeadLetters,         // events became dead letters within the last hour
    DeadLettersGrowing,  // many of them did
    VolumeFell,          // an event that came steadily all but stopped
    StoreFull,
    StoreUnwritable,
    CertificateExpires,
};

// The names are those of the messages, of the key `alarms.kinds` and of a metric's label.
inline constexpr std::array kind_names = {
    std::pair{Kind::Paused, std::string_view("paused")},
    std::pair{Kind::Late, std::string_view("late")},
    std::pair{Kind::DeadLetters, std::string_view("dead_letters")},
    std::pair{Kind::DeadLettersGrowing, std::string_view("dead_letters_growing")},
    std::pair{Kind::VolumeFell, std::string_view("volume_fell")},
    std::pair{Kind::StoreFull, std::string_view("store_full")},
    std::pair{Kind::StoreUnwritable, std::string_view("store_unwritable")},
    std::pair{Kind::CertificateExpires, std::string_view("certificate_expires")},
};

constexpr std::string_view name_of(Kind kind) noexcept {
    for (const auto& [known, name] : kind_names)
        if (known == kind) return name;
    return {};
}

}  // namespace pinrelay::alarms
