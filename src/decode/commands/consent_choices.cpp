#include "consent_choices.hpp"

#include <utility>

#include "decode/text/snake_case.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

using model::Grant;
using model::Value;

bool is_for_regions(const Value& words) {
    const Value* region = words.find("region");
    if (region == nullptr || region->is_null()) return false;
    if (const auto list = region->array()) return !list->empty();
    return !region->is_text() || !ascii::trimmed(*region->text()).empty();
}

}  // namespace

void ConsentChoices::take(std::string_view command, const Value& words, unsigned order) {
    const auto members = words.object();
    if (!members) return;
    const bool is_update = ascii::equals_ignoring_case(command, "update");
    if (!is_update && !ascii::equals_ignoring_case(command, "default")) return;
    const Kind kind = is_update ? Kind::Update : is_for_regions(words) ? Kind::RegionalDefault : Kind::Default;
    for (const Value::Member& member : *members) {
        const std::string key = in_snake_case(member.key);
        for (std::size_t i = 0; i < purposes.size(); ++i) {
            if (key != purposes[i].key) continue;
            const Grant grant = grant_of(member.value);
            take(i, kind, grant, (is_update ? "consent update " : "consent default ") + said_of(key, grant), order);
        }
    }
}

void ConsentChoices::take(std::size_t purpose, Kind kind, Grant grant, std::string_view signal, unsigned order) {
    if (grant == Grant::Unset) return;
    Choice& choice = choices_[purpose];
    Word word{grant, std::string(signal), order};
    switch (kind) {
        case Kind::Update: choice.by_update = std::move(word); return;
        case Kind::Default: choice.by_default = std::move(word); return;
        case Kind::RegionalDefault: break;
    }
    if (grant != Grant::Denied) return;
    word.signal += regional_sign;
    choice.by_region = std::move(word);
}

void ConsentChoices::merge(const ConsentChoices& others) {
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        for (Word Choice::*word : {&Choice::by_default, &Choice::by_region, &Choice::by_update}) {
            const Word& said = others.choices_[i].*word;
            if (said.grant != Grant::Unset && said.order >= (choices_[i].*word).order) choices_[i].*word = said;
        }
    }
}

const ConsentChoices::Word& ConsentChoices::Choice::in_force() const noexcept {
    if (by_update.grant != Grant::Unset) return by_update;
    return by_region.grant != Grant::Unset ? by_region : by_default;
}

void ConsentChoices::add_to(model::Consent& consent) const {
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        const Word& word = choices_[i].in_force();
        if (word.grant != Grant::Unset) add_grant(consent, purposes[i], word.grant, word.signal);
    }
}

}  // namespace pinrelay::decode
