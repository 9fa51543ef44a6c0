#include "required_trust.hpp"

#include <algorithm>
#include <string>

#include "ingest/outcome/evidence.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::string_view reason_untrusted = "untrusted_sender";

bool is_about(const Requirement& requirement, const model::Record& record, std::string_view custom_name) {
    return ascii::equals_ignoring_case(requirement.event_name, record.event_name) &&
           (requirement.custom_name.empty() ||
            ascii::equals_ignoring_case(requirement.custom_name, ascii::trimmed(custom_name, ascii::blanks)));
}

}  // namespace

std::optional<destination::Drop> lacks_trust(const std::vector<Requirement>& required, const model::Record& record,
                                             std::string_view custom_name, model::Trust trust,
                                             std::string_view because) {
    const auto lacks = [&](const Requirement& requirement) {
        return trust < requirement.least && is_about(requirement, record, custom_name);
    };
    const auto requirement = std::ranges::find_if(required, lacks);
    if (requirement == required.end()) return std::nullopt;
    std::string message = "the account requires a sender of class \"";
    message.append(name_of(requirement->least)).append("\" or better for this event; this one is \"");
    message.append(name_of(trust)).append("\"");
    if (!because.empty()) message.append(" (").append(because).append(")");
    return destination::Drop{reason_untrusted, "", std::move(message)};
}

}  // namespace pinrelay::ingest
