#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// The member that names an event: event_name, eventName, event or e_n, the first that is not null and not blank; null
// pointer where there is none. It may still be no text.
struct NameMember {
    std::string_view key;
    const model::Value* value = nullptr;
};
NameMember find_name(const model::Value& event);

// Whether a key is one of these.
bool is_name_key(std::string_view key) noexcept;

// The name under the same keys of the query, where the body has none. One client encodes it twice.
std::optional<std::string> name_in_query(const http::Request& request);

}  // namespace pinrelay::decode
