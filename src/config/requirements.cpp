#include "requirements.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "config/values/read_value.hpp"

namespace pinrelay::config {
using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 4> senders = {"signing_keys", "keys", "networks", "browsers"};
constexpr Rule some_senders{senders, nullptr, 0, 0, false, true};

}  // namespace

void read_require(const json& value, const std::string& shown, std::vector<Requirement>& require,
                  const Report& report) {
    if (!value.is_object()) return report.add(shown, R"(must be an object: { "purchase": ["keys"] })");
    for (const auto& [name, list] : value.items()) {
        Requirement requirement{shown + "[\"" + name + "\"]", name, {}};
        const std::size_t before = report.count();
        if (name.empty()) report.add(requirement.key, "must have a name");
        read_into(list, requirement.senders, some_senders, requirement.key, report);
        if (report.count() == before) require.push_back(std::move(requirement));
    }
}

}  // namespace pinrelay::config
