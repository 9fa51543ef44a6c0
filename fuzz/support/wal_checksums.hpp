#pragma once

#include <cstddef>
#include <string>

namespace pinrelay::fuzz {

// Makes the checksums of a write-ahead log right, as a fuzzer cannot: of its header and of each frame, as
// sqlite.org/fileformat2.html section 4 describes them. Frames take the header's salts, and page numbers that a small
// store has: a checksum that is right vouches for them, and every page up to the largest is looked for.
void mend_wal(std::string& wal, std::size_t page_size);

}  // namespace pinrelay::fuzz
