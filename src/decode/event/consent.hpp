#pragma once

#include <array>
#include <string>
#include <string_view>

#include "aliases.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::decode {

// Adds one signal to what is known. A refusal stays whatever else is said: senders often carry the state of an earlier
// moment beside the present one, and the safe reading is that the visitor said no. `path` is the key as people know it,
// for Consent::signal.
void add_consent(model::Consent& consent, Field signal, const model::Value& value, std::string_view path);

// Adds what is known from another place, by the same rule.
void add_consent(model::Consent& consent, const model::Consent& more);

// The purposes that a consent command names, and where the model keeps them.
struct Purpose {
    std::string_view key;
    model::Grant model::Consent::*grant;
};
inline constexpr std::array purposes = {Purpose{"ad_storage", &model::Consent::ad_storage},
                                        Purpose{"ad_user_data", &model::Consent::ad_user_data},
                                        Purpose{"ad_personalization", &model::Consent::ad_personalization}};

// "ad_storage=denied": what a word said of a purpose, for Consent::signal.
std::string said_of(std::string_view purpose, model::Grant grant);

// Adds one purpose's grant, said by `signal`.
void add_grant(model::Consent& consent, const Purpose& purpose, model::Grant grant, std::string_view signal);

// Granted for `true`, "granted", "yes" …, Denied for their opposites, Unset for anything else.
model::Grant grant_of(const model::Value& value);

// `gcd`, as in "13t3t3t3t5": the letters at offsets 2, 4, 6 and 8 are ad_storage, analytics_storage, ad_user_data and
// ad_personalization. Each tells the default and the update that followed.
model::Grant grant_of_letter(char letter) noexcept;

}  // namespace pinrelay::decode
