#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pinrelay::destinations::pinterest {

// The shop's own item ids and those of the catalogue's feed, made for a million rows: one pool of texts and one table
// of 32-bit offsets into it, so some 10 bytes a row beside the texts. Immutable: safe to use from any thread.
class ItemIdMap {
public:
    // Each is a sentence that names a line of the file, and no more than the first twenty.
    using Problems = std::vector<std::string>;

    // Reads CSV (RFC 4180) of two columns, the shop's id and the catalogue's, without a heading: a heading would be a
    // row like any other. Quotes, blanks around a cell, empty lines and a byte order mark are left out; a line may end
    // in LF or CRLF. A problem is a row without exactly two filled cells, a quote that does not end in its line, bytes
    // that are not UTF-8, and an id that stands twice with different ids of the catalogue; the same row twice is none.
    // Texts of 4 GiB and more are refused.
    static std::variant<ItemIdMap, Problems> parse(std::string_view csv);

    // The catalogue's id; nothing for an id without a row. The view lives as long as the map.
    std::optional<std::string_view> find(std::string_view id) const noexcept;

    std::size_t size() const noexcept { return size_; }

    // The bytes that the map occupies.
    std::size_t memory() const noexcept { return pool_.capacity() + slots_.capacity() * sizeof(std::uint32_t); }

private:
    ItemIdMap() = default;
    void make_slots(std::size_t rows);
    std::size_t slot_of(std::string_view id) const noexcept;
    std::string_view text_at(std::size_t offset) const noexcept;

    std::string pool_;                  // "id\0catalogue's id\0" for each row, behind one '\0'
    std::vector<std::uint32_t> slots_;  // offsets of ids by hash, open addressing; 0 is free
    std::size_t size_ = 0;
};

}  // namespace pinrelay::destinations::pinterest
