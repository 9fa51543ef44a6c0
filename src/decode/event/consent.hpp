#pragma once

#include <string_view>

#include "aliases.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::decode {

// Adds one signal to what is known. A refusal stays whatever else is said: senders often carry the state of an earlier
// moment beside the present one, and the safe reading is that the visitor said no.
void add_consent(model::Consent& consent, Field signal, const model::Value& value);

// `gcd`, as in "13t3t3t3t5": the letters at offsets 2, 4, 6 and 8 are ad_storage, analytics_storage, ad_user_data and
// ad_personalization. Each tells the default and the update that followed.
model::Grant grant_of_letter(char letter) noexcept;

}  // namespace pinrelay::decode
