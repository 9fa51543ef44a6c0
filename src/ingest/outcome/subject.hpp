#pragma once

#include <cstdint>

#include "pinrelay/model/event.hpp"

namespace pinrelay::ingest {

// spool::Arrival::subject of the event: a digest of its order's id, else of the visitor by user id, by client id, or by
// address and user agent together; 0 where it tells nothing of these. Asked after add_visitor.
std::uint64_t subject_of(const model::Event& event);

}  // namespace pinrelay::ingest
