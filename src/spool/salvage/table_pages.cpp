#include "table_pages.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pinrelay::spool {
namespace {

constexpr std::size_t file_header_size = 100;  // in front of the first page's own
constexpr std::size_t leaf_header_size = 8;
constexpr std::size_t inner_header_size = 12;
constexpr std::size_t cell_count_at = 3;
constexpr std::size_t last_child_at = 8;
constexpr std::size_t child_size = 4;

// Far more than any row of ours; a damaged length must not ask for all memory.
constexpr std::uint64_t longest_row = 16ULL * 1024 * 1024;

std::size_t header_at(PageNumber number) noexcept { return number == 1 ? file_header_size : 0; }

bool is_inner(PageKind kind) noexcept { return kind == PageKind::TableInner || kind == PageKind::IndexInner; }

// Reads on from a place; says when the bytes end.
class Cursor {
public:
    Cursor(std::string_view bytes, std::size_t at) noexcept : bytes_(bytes), at_(at) {}

    std::optional<std::uint64_t> varint() noexcept {
        constexpr int most_bytes = 9;
        std::uint64_t number = 0;
        for (int i = 1; i <= most_bytes && at_ < bytes_.size(); ++i) {
            const auto byte = static_cast<unsigned char>(bytes_[at_++]);
            if (i == most_bytes) return (number << 8) | byte;
            number = (number << 7) | (byte & 0x7F);
            if ((byte & 0x80) == 0) return number;
        }
        return std::nullopt;
    }

    std::optional<std::string_view> take(std::uint64_t count) noexcept {
        if (at_ > bytes_.size() || count > bytes_.size() - at_) return std::nullopt;
        const auto taken = bytes_.substr(at_, count);
        at_ += count;
        return taken;
    }

private:
    std::string_view bytes_;
    std::size_t at_;
};

// How much of a row stands in the page itself.
std::uint64_t local_size(std::uint64_t size, std::size_t page_size, PageKind kind) noexcept {
    const std::uint64_t most = kind == PageKind::TableLeaf ? page_size - 35 : (page_size - 12) * 64 / 255 - 23;
    if (size <= most) return size;
    const std::uint64_t least = (page_size - 12) * 32 / 255 - 23;
    const std::uint64_t wanted = least + (size - least) % (page_size - 4);
    return wanted <= most ? wanted : least;
}

std::optional<std::string> whole_row(const PageFile& file, Cursor cell, std::uint64_t size, PageKind kind,
                                     std::vector<PageNumber>& further) {
    if (size > longest_row) return std::nullopt;
    const std::uint64_t local = local_size(size, file.page_size(), kind);
    const auto begin = cell.take(local);
    if (!begin) return std::nullopt;
    std::string row(*begin);
    if (local == size) return row;
    const auto link = cell.take(sizeof(PageNumber));
    if (!link) return std::nullopt;
    auto next = static_cast<PageNumber>(big_endian(*link, 0, sizeof(PageNumber)));
    while (row.size() < size) {
        const std::string page = file.page(next);
        if (page.empty()) return std::nullopt;
        further.push_back(next);
        next = static_cast<PageNumber>(big_endian(page, 0, sizeof(PageNumber)));
        row.append(page, sizeof(PageNumber), size - row.size());
    }
    return row;
}

std::optional<Column> column(std::uint64_t type, Cursor& body) {
    constexpr std::uint64_t zero = 8;
    constexpr std::uint64_t one = 9;
    constexpr std::uint64_t first_text = 12;
    constexpr std::array<std::size_t, 8> sizes = {0, 1, 2, 3, 4, 6, 8, 8};
    constexpr std::uint64_t real = 7;
    if (type == zero || type == one) return Column(static_cast<std::int64_t>(type - zero));
    if (type >= first_text) {
        const auto bytes = body.take((type - first_text) / 2);
        if (!bytes) return std::nullopt;
        return Column(std::string(*bytes));
    }
    if (type >= sizes.size()) return std::nullopt;
    const auto bytes = body.take(sizes[type]);
    if (!bytes) return std::nullopt;
    if (type == 0 || type == real) return Column();
    const auto number = big_endian(*bytes, 0, bytes->size());
    const int unused = static_cast<int>(64 - 8 * bytes->size());
    return Column(static_cast<std::int64_t>(number << unused) >> unused);  // the first bit is the sign
}

std::optional<std::vector<Column>> columns_of(const std::string& row) {
    Cursor types(row, 0);
    const auto header_size = types.varint();
    if (!header_size || *header_size > row.size()) return std::nullopt;
    Cursor body(row, *header_size);
    types = Cursor(std::string_view(row).substr(0, *header_size), 0);
    types.varint();
    std::vector<Column> columns;
    while (const auto type = types.varint()) {
        auto value = column(*type, body);
        if (!value) return std::nullopt;
        columns.push_back(std::move(*value));
    }
    return columns;
}

// Where the cells of a page begin.
std::vector<std::size_t> cells_of(const std::string& page, PageNumber number) {
    const PageKind kind = kind_of(page, number);
    std::vector<std::size_t> cells;
    if (kind == PageKind::None) return cells;
    const std::size_t first = header_at(number) + (is_inner(kind) ? inner_header_size : leaf_header_size);
    const auto written = static_cast<std::size_t>(big_endian(page, header_at(number) + cell_count_at, 2));
    const std::size_t count = std::min(written, (page.size() - first) / 2);
    for (std::size_t i = 0; i < count; ++i)
        cells.push_back(static_cast<std::size_t>(big_endian(page, first + 2 * i, 2)));
    return cells;
}

}  // namespace

PageKind kind_of(const std::string& page, PageNumber number) noexcept {
    if (page.size() <= header_at(number)) return PageKind::None;
    switch (page[header_at(number)]) {
        case 2: return PageKind::IndexInner;
        case 5: return PageKind::TableInner;
        case 10: return PageKind::IndexLeaf;
        case 13: return PageKind::TableLeaf;
        default: return PageKind::None;
    }
}

std::vector<PageNumber> children(const std::string& page, PageNumber number) {
    std::vector<PageNumber> pages;
    if (!is_inner(kind_of(page, number))) return pages;
    for (const std::size_t cell : cells_of(page, number))
        pages.push_back(static_cast<PageNumber>(big_endian(page, cell, child_size)));
    pages.push_back(static_cast<PageNumber>(big_endian(page, header_at(number) + last_child_at, child_size)));
    return pages;
}

std::vector<std::optional<Row>> rows_of(const PageFile& file, const std::string& page, PageNumber number,
                                        std::vector<PageNumber>& further) {
    std::vector<std::optional<Row>> rows;
    const PageKind kind = kind_of(page, number);
    if (kind == PageKind::TableInner) return rows;
    for (const std::size_t at : cells_of(page, number)) {
        Cursor cell(page, at + (kind == PageKind::IndexInner ? child_size : 0));
        std::optional<Row>& row = rows.emplace_back();
        const auto size = cell.varint();
        const auto id = kind == PageKind::TableLeaf ? cell.varint() : std::optional<std::uint64_t>(0);
        if (!size || !id) continue;
        const auto bytes = whole_row(file, cell, *size, kind, further);
        auto columns = bytes ? columns_of(*bytes) : std::nullopt;
        if (columns) row = Row{static_cast<std::int64_t>(*id), std::move(*columns)};
    }
    return rows;
}

}  // namespace pinrelay::spool
