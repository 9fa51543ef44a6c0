#include "damaged_file.hpp"

#include <algorithm>
#include <utility>

#include "found_rows.hpp"

namespace pinrelay::spool {
namespace {

constexpr std::size_t first_trunk_at = 32;
constexpr std::size_t free_count_at = 36;
constexpr std::size_t pointer_size = 4;

PageNumber pointer(const std::string& page, std::size_t at) {
    return static_cast<PageNumber>(big_endian(page, at, pointer_size));
}

}  // namespace

DamagedFile::DamagedFile(const std::filesystem::path& file) : file_(file), visited_(file_.pages() + 1ULL) {}

void DamagedFile::read(const std::function<void(Found)>& visit) {
    const Roots roots = find_roots();
    mark_free_pages();
    read_ledger(roots.ledger);
    find_kept(roots);
    read_table(roots.record, Kind::Record, visit);
    read_table(roots.letter, Kind::Letter, visit);
    // A record that died has left its row in a page that is free by now: the letter is the newer one.
    read_lost(Kind::Letter, visit);
    read_lost(Kind::Record, visit);
    loss_.copies = kept_.copies();
}

bool DamagedFile::first_visit(PageNumber page) {
    if (page == 0 || page >= visited_.size() || visited_[page]) return false;
    visited_[page] = true;
    ++pages_read_;
    return true;
}

// Pages are never moved, so the roots are where version 1 of the schema put them, should nothing tell.
DamagedFile::Roots DamagedFile::find_roots() {
    Roots roots{2, 5, 7, 0, 0};
    walk(1, [&](PageNumber number, const std::string& page) {
        std::vector<PageNumber> further;
        for (const auto& row : rows_of(file_, page, number, further)) {
            const auto root = row ? root_of(*row) : std::nullopt;
            if (!root) continue;
            if (root->table == "record") roots.record = root->page;
            if (root->table == "dead_letter") roots.letter = root->page;
            if (root->table == "ledger") roots.ledger = root->page;
            if (root->table == "copy") roots.copy = root->page;
            if (root->table == "rival") roots.rival = root->page;
        }
    });
    return roots;
}

void DamagedFile::mark_free_pages() {
    if (!file_.has_header()) return;
    const std::string header = file_.page(1);
    std::uint64_t count = 0;
    PageNumber trunk = pointer(header, first_trunk_at);
    while (trunk != 0) {
        const std::string page = file_.page(trunk);
        if (page.empty() || !first_visit(trunk)) return;
        const std::size_t leaves = std::min<std::size_t>(pointer(page, pointer_size), page.size() / pointer_size - 2);
        for (std::size_t i = 0; i < leaves; ++i) first_visit(pointer(page, (i + 2) * pointer_size));
        count += leaves + 1;
        trunk = pointer(page, 0);
    }
    free_pages_known_ = count == pointer(header, free_count_at);
}

void DamagedFile::walk(PageNumber root, const std::function<void(PageNumber, const std::string&)>& leaf) {
    std::vector<PageNumber> open{root};
    while (!open.empty()) {
        const PageNumber number = open.back();
        open.pop_back();
        if (number >= visited_.size()) ++loss_.pages;  // cut off
        if (!first_visit(number)) continue;
        const std::string page = file_.page(number);
        const PageKind kind = kind_of(page, number);
        if (kind == PageKind::None) {
            visited_[number] = false;  // what it was is not known
            --pages_read_;
            ++loss_.pages;
            continue;
        }
        auto below = children(page, number);
        std::ranges::reverse(below);
        open.insert(open.end(), below.begin(), below.end());
        if (kind != PageKind::TableInner) leaf(number, page);
    }
}

void DamagedFile::read_ledger(PageNumber root) {
    const auto lost_before = loss_.pages;
    std::int64_t pending = 0;
    bool whole = true;
    walk(root, [&](PageNumber number, const std::string& page) {
        std::vector<PageNumber> further;
        for (const auto& row : rows_of(file_, page, number, further)) {
            const auto of_label = row ? pending_of(*row) : std::nullopt;
            whole = whole && of_label;
            pending += of_label.value_or(0);
        }
    });
    if (whole && loss_.pages == lost_before && pending >= 0) loss_.pending = static_cast<std::uint64_t>(pending);
    loss_.pages = lost_before;  // of no interest to anybody
}

// Where their trees do not give all, every page that is not free is looked at.
void DamagedFile::find_kept(const Roots& roots) {
    const bool has_all_copies = find_kept_in_tree(roots.copy);
    if (find_kept_in_tree(roots.rival) && has_all_copies) return;
    for (PageNumber number = 2; number < visited_.size(); ++number) {
        if (visited_[number]) continue;
        const std::string page = file_.page(number);
        std::vector<PageNumber> further;
        if (kind_of(page, number) == PageKind::TableLeaf) kept_.note(number, page, further);
    }
}

bool DamagedFile::find_kept_in_tree(PageNumber root) {
    const auto lost_before = loss_.pages;
    if (root == 0) return false;
    walk(root, [this](PageNumber number, const std::string& page) {
        std::vector<PageNumber> further;
        loss_.rows += kept_.note(number, page, further);
        for (const PageNumber each : further) first_visit(each);
    });
    return loss_.pages == lost_before;
}

void DamagedFile::read_table(PageNumber root, Kind kind, const std::function<void(Found)>& visit) {
    walk(root, [&](PageNumber number, const std::string& page) {
        std::vector<PageNumber> further;
        for (const auto& row : rows_of(file_, page, number, further)) give(row, kind, true, visit);
        for (const PageNumber each : further) first_visit(each);
    });
}

void DamagedFile::read_lost(Kind kind, const std::function<void(Found)>& visit) {
    for (PageNumber number = 2; number < visited_.size(); ++number) {
        if (visited_[number]) continue;
        const std::string page = file_.page(number);
        if (kind_of(page, number) != PageKind::TableLeaf) continue;
        std::vector<PageNumber> further;
        for (const auto& row : rows_of(file_, page, number, further)) give(row, kind, false, visit);
    }
}

void DamagedFile::give(const std::optional<Row>& row, Kind kind, bool in_tree,
                       const std::function<void(Found)>& visit) {
    if (kind == Kind::Record) {
        auto record = row ? record_in(*row) : std::nullopt;
        if (!record && in_tree) ++loss_.rows;
        if (!record || !given_.insert(record->id).second) return;
        const bool certain = file_.has_whole_wal() && (in_tree || free_pages_known_);
        auto copy = kept_.take_copy(*record);
        const auto rival = kept_.rival(record->id);
        return visit(FoundRecord{std::move(*record), certain, std::move(copy), rival});
    }
    auto letter = row ? dead_letter_in(*row) : std::nullopt;
    if (!letter && in_tree) ++loss_.rows;
    if (letter && given_.insert(letter->stored.id).second) visit(std::move(*letter));
}

}  // namespace pinrelay::spool
