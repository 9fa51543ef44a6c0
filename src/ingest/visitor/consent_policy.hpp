#pragma once

#include <optional>

#include "pinrelay/destination/destination.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::ingest {

// Applies an account's policy to the visitor's choice. Returns why the event is not sent, or nothing. Under
// ConsentPolicy::Strip it removes the data that identifies the person from a refused event. docs/consent.md has the
// table, and a test reads it.
std::optional<destination::Drop> apply(ConsentPolicy policy, model::Event& event, model::Arena& arena);

// "respect", "require" or "strip".
std::string_view name_of(ConsentPolicy policy) noexcept;

// Whether the answer may write cookies into the visitor's browser. `apply` does not change it.
bool may_write_cookies(ConsentPolicy policy, const model::Event& event) noexcept;

}  // namespace pinrelay::ingest
