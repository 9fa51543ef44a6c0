#include "pinrelay/destinations/pinterest/item_id_map.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>

#include "csv_row.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/utf8.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::size_t most_problems = 20;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string at_line(std::size_t line, std::string_view what) {
    return "line " + std::to_string(line) + ": " + std::string(what);
}

bool is_utf8(std::string_view text) noexcept {
    if (ascii::all_ascii(text)) return true;  // nearly every id is
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string_view take_line(std::string_view& rest) noexcept {
    const auto end = rest.find('\n');
    auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

}  // namespace

std::variant<ItemIdMap, ItemIdMap::Problems> ItemIdMap::parse(std::string_view csv) {
    if (csv.size() >= std::numeric_limits<std::uint32_t>::max()) return Problems{"the file has 4 GiB or more"};
    if (csv.starts_with(byte_order_mark)) csv.remove_prefix(byte_order_mark.size());
    ItemIdMap map;
    Problems problems;
    map.pool_.reserve(csv.size() + 2);
    map.pool_.push_back('\0');
    map.make_slots(static_cast<std::size_t>(std::ranges::count(csv, '\n')) + 1);
    std::string id;
    std::string catalogue_id;
    for (std::size_t line = 1; !csv.empty() && problems.size() < most_problems; ++line) {
        const auto text = take_line(csv);
        if (is_blank_row(text)) continue;
        if (const auto problem = is_utf8(text) ? read_row(text, id, catalogue_id) : "is not valid UTF-8";
            !problem.empty()) {
            problems.push_back(at_line(line, problem));
            continue;
        }
        std::uint32_t& slot = map.slots_[map.slot_of(id)];
        if (slot != 0) {
            if (map.text_at(slot + id.size() + 1) != catalogue_id)
                problems.push_back(at_line(line, "its id stands in an earlier line with another id of the catalogue"));
            continue;
        }
        slot = static_cast<std::uint32_t>(map.pool_.size());
        map.pool_.append(id).append(1, '\0').append(catalogue_id).append(1, '\0');
        ++map.size_;
    }
    if (problems.empty() && map.size_ == 0) problems.emplace_back("the file has no row");
    if (!problems.empty()) return problems;
    map.pool_.shrink_to_fit();
    return map;
}

std::optional<std::string_view> ItemIdMap::find(std::string_view id) const noexcept {
    const std::uint32_t offset = slots_[slot_of(id)];
    if (offset == 0) return std::nullopt;
    return text_at(offset + id.size() + 1);
}

// Half of the slots stay free, so that a probe ends soon.
void ItemIdMap::make_slots(std::size_t rows) { slots_.assign(std::bit_ceil(2 * rows), 0); }

// The slot that holds the id, else the free one where it belongs.
std::size_t ItemIdMap::slot_of(std::string_view id) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = std::hash<std::string_view>{}(id)&mask;
    while (slots_[slot] != 0 && text_at(slots_[slot]) != id) slot = (slot + 1) & mask;
    return slot;
}

std::string_view ItemIdMap::text_at(std::size_t offset) const noexcept {
    return std::string_view(pool_).substr(offset, pool_.find('\0', offset) - offset);
}

}  // namespace pinrelay::destinations::pinterest
