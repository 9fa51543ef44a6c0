#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "destinations/pinterest/notes.hpp"

namespace pinrelay::destinations::pinterest {

// The finished event, which is JSON, in at most `most` bytes. An event that is larger loses, in this order and no more
// than is needed: long texts of items; content_ids beyond contents, then the last of both in turn; long texts, the
// longest first, of which the page's URL keeps its page and the user agent its beginning; entries of long lists. Each
// with a warning. Value, order id and num_items stay as they are. Nothing where all that is not enough.
std::optional<std::string> fitted_json(std::string body, std::size_t most, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
