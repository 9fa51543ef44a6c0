#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// A body that is no JSON document as a whole, and of which one list of events can be read member by member.
struct Salvaged {
    model::Value document;        // null stands for each member that cannot be read
    std::vector<Rejection> lost;  // why, by the members' places; the same places that the decoders give
};

// Nothing where the body is neither a list nor an object with a list under a key of an envelope, where it has problems
// outside of that list, or where no member can be read. Linear in the size of the body.
std::optional<Salvaged> salvage_members(std::string_view body, model::Arena& arena);

// Puts the reasons in the place of what the decoders say of the nulls.
void put_reasons(Members& members, const std::vector<Rejection>& lost);

// Why a document was refused. `offset` is that of the document in the body.
Rejection rejection_of(const model::ParseError& error, std::string_view what, std::size_t offset = 0);

}  // namespace pinrelay::decode
