#include "warning_kinds.hpp"

#include <array>
#include <utility>

namespace pinrelay::deliver {

namespace {

// Fragments only: the wording around them may change, and several warnings may share one text.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> fragments = {{
    {"external_id is missing", "external_id_missing"},
    {"click_id is missing", "click_id_missing"},
    {"'Unknown' event", "unknown_event_name"},
    {"sha256", "not_hashed"},
}};

}  // namespace

std::vector<std::string_view> warning_kinds(std::string_view warning) {
    std::vector<std::string_view> kinds;
    if (warning.empty()) return kinds;
    for (const auto& [fragment, kind] : fragments)
        if (warning.find(fragment) != std::string_view::npos) kinds.push_back(kind);
    if (kinds.empty()) kinds.push_back("other");
    return kinds;
}

std::string joined_warning_kinds(std::string_view warning) {
    std::string joined;
    for (const auto kind : warning_kinds(warning)) joined.append(joined.empty() ? "" : ",").append(kind);
    return joined;
}

}  // namespace pinrelay::deliver
