#include "kept_beside.hpp"

#include <algorithm>

#include "found_rows.hpp"

namespace pinrelay::spool {

std::size_t KeptBeside::note(PageNumber number, const std::string& page, std::vector<PageNumber>& further) {
    std::size_t others = 0;
    for (const auto& row : rows_of(file_, page, number, further)) {
        if (row && copy_in(*row)) {
            copies_.emplace(row->id, number);
        } else if (const auto trust = row ? rival_in(*row) : std::nullopt) {
            rivals_.emplace(row->id, *trust);
        } else {
            ++others;
        }
    }
    return others;
}

std::optional<CopyTable::Copy> KeptBeside::take_copy(const StoredRecord& original) {
    const auto place = copies_.find(original.id);
    if (place == copies_.end()) return std::nullopt;
    read(place->second);
    copies_.erase(place);
    for (const auto& row : rows_) {
        auto copy = row && row->id == original.id ? copy_in(*row) : std::nullopt;
        if (!copy) continue;
        copy->record.destination = original.record.destination;
        copy->record.event_name = original.record.event_name;
        copy->record.event_id = original.record.event_id;
        copy->known.said.subject = 0;
        copy->known.said.essence.value = 0;
        return copy;
    }
    return std::nullopt;
}

// Copies and records have the same order, so that a page is read once.
void KeptBeside::read(PageNumber number) {
    if (number == last_read_) return;
    std::vector<PageNumber> further;
    rows_ = rows_of(file_, file_.page(number), number, further);
    last_read_ = number;
}

std::optional<model::Trust> KeptBeside::rival(RecordId record) const {
    const auto found = rivals_.find(record);
    if (found == rivals_.end()) return std::nullopt;
    return found->second;
}

}  // namespace pinrelay::spool
