#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "page_file.hpp"
#include "pinrelay/spool/spool.hpp"
#include "spool/sqlite/guard/copy_table.hpp"
#include "table_pages.hpp"

namespace pinrelay::spool {

// Which copies and rivals a damaged file keeps beside its records. The bodies of copies stay in the file until they are
// asked for: they may be as many as the records.
class KeptBeside {
public:
    explicit KeptBeside(const PageFile& file) : file_(file) {}

    // Notes the rows of a leaf that are of `copy` or `rival`. Adds the pages in which they go on to `further`, and
    // gives how many rows are neither. The first row of a record counts.
    std::size_t note(PageNumber number, const std::string& page, std::vector<PageNumber>& further);

    // The copy of a record, once; with subject and value unknown, since their digests are of another secret.
    std::optional<CopyTable::Copy> take_copy(const StoredRecord& original);
    std::optional<model::Trust> rival(RecordId record) const;

    std::size_t copies() const noexcept { return copies_.size(); }  // that were not taken

private:
    void read(PageNumber number);

    const PageFile& file_;
    std::unordered_map<RecordId, PageNumber> copies_;
    std::unordered_map<RecordId, model::Trust> rivals_;
    PageNumber last_read_ = 0;
    std::vector<std::optional<Row>> rows_;  // of that page
};

}  // namespace pinrelay::spool
