#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "page_file.hpp"

// B-tree pages of a database file, as sqlite.org/fileformat2.html describes them. Nothing that a page says is trusted:
// whatever the bytes are, what comes out is rows, or word that there are none.
namespace pinrelay::spool {

enum class PageKind { None, TableInner, TableLeaf, IndexInner, IndexLeaf };
PageKind kind_of(const std::string& page, PageNumber number) noexcept;

// Of an inner page, in the order of the keys.
std::vector<PageNumber> children(const std::string& page, PageNumber number);

using Column = std::variant<std::monostate, std::int64_t, std::string>;  // nothing: NULL, or a type that we never store

struct Row {
    std::int64_t id = 0;  // the rowid; 0 in an index
    std::vector<Column> columns;
};

// The rows of a leaf, or of an inner page of an index: nothing in the place of one that cannot be read. Long rows go on
// in other pages, which are added to `further`.
std::vector<std::optional<Row>> rows_of(const PageFile& file, const std::string& page, PageNumber number,
                                        std::vector<PageNumber>& further);

}  // namespace pinrelay::spool
