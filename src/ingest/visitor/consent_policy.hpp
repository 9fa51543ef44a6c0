#pragma once

#include <optional>

#include "pinrelay/destination/destination.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::ingest {

// What an account's policy makes of an event by the visitor's choice: the reason why it is not sent, or nothing. Under
// ConsentPolicy::Strip a refused event is changed: what identifies the person is taken out. docs/consent.md has the
// table, which is a test.
std::optional<destination::Drop> apply(ConsentPolicy policy, model::Event& event);

// Whether the answer may write cookies into that visitor's browser. The same before and after `apply`.
bool may_write_cookies(ConsentPolicy policy, const model::Event& event) noexcept;

}  // namespace pinrelay::ingest
