#pragma once

namespace pinrelay::cli {

// From here on the process leaves no image of its memory when it crashes, and none of its user's other processes can
// read it: it holds tokens, keys and events. Nothing more can be done where the kernel refuses.
void forbid_core_dumps() noexcept;

}  // namespace pinrelay::cli
