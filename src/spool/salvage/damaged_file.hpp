#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <variant>
#include <vector>

#include "kept_beside.hpp"
#include "page_file.hpp"
#include "pinrelay/spool/dead_letters.hpp"
#include "pinrelay/spool/spool.hpp"
#include "table_pages.hpp"

namespace pinrelay::spool {

// A record of a damaged file, `interrupted` where the file says that its sending had begun.
struct FoundRecord {
    StoredRecord stored;
    // False where the file cannot say whether the record was still there: it stands in a page that is in no tree, and
    // which pages are free is not known either; or a part of the WAL is gone, and with it what was deleted since.
    bool certain = true;

    std::optional<CopyTable::Copy> copy;  // see KeptBeside
    std::optional<model::Trust> rival;
};
using Found = std::variant<FoundRecord, DeadLetter>;

// What can be read out of a spool.sqlite that SQLite refuses, of any version of the schema. First the rows of the
// tables themselves, as far as their trees can be followed; then those of all pages that no tree and no free list
// knows, such as the ones below a page that is gone. Of rows with the same id the first is given.
class DamagedFile {
public:
    // Throws std::runtime_error where the file is not there or cannot be read at all.
    explicit DamagedFile(const std::filesystem::path& file);

    // In an order that is the same each time.
    void read(const std::function<void(Found)>& visit);

    struct Loss {
        std::uint64_t rows = 0;                // that are there and make no sense
        std::uint64_t pages = 0;               // of the tables' trees that are no pages of a table
        std::optional<std::uint64_t> pending;  // how many records there were by the file's own account
        std::uint64_t copies = 0;              // whose record was not found
        friend bool operator==(const Loss&, const Loss&) = default;
    };
    const Loss& loss() const noexcept { return loss_; }  // after `read`

    std::string checksum() const { return file_.checksum(); }

    std::uint64_t pages_read() const noexcept { return pages_read_; }
    std::uint64_t pages() const noexcept { return visited_.empty() ? 0 : visited_.size() - 1; }

private:
    enum class Kind { Record, Letter };
    struct Roots {
        PageNumber record;
        PageNumber letter;
        PageNumber ledger;
        PageNumber copy;  // 0: it is not known, or there is none
        PageNumber rival;
    };

    Roots find_roots();
    void mark_free_pages();
    void read_ledger(PageNumber root);
    void find_kept(const Roots& roots);
    bool find_kept_in_tree(PageNumber root);
    void read_table(PageNumber root, Kind kind, const std::function<void(Found)>& visit);
    void read_lost(Kind kind, const std::function<void(Found)>& visit);
    void give(const std::optional<Row>& row, Kind kind, bool in_tree, const std::function<void(Found)>& visit);
    void walk(PageNumber root, const std::function<void(PageNumber, const std::string&)>& leaf);
    bool first_visit(PageNumber page);

    PageFile file_;
    KeptBeside kept_{file_};
    std::vector<bool> visited_;  // by page number
    std::uint64_t pages_read_ = 0;
    bool free_pages_known_ = false;
    std::unordered_set<RecordId> given_;
    Loss loss_;
};

}  // namespace pinrelay::spool
