#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

namespace pinrelay::spool {

using PageNumber = std::uint32_t;  // from 1

// A file that is read at any place. Throws std::runtime_error where it cannot be opened or read.
class ReadableFile {
public:
    explicit ReadableFile(const std::filesystem::path& path);
    ReadableFile(const ReadableFile&) = delete;
    ReadableFile& operator=(const ReadableFile&) = delete;
    ~ReadableFile();

    std::uint64_t size() const noexcept { return size_; }
    std::string read(std::uint64_t offset, std::size_t count) const;  // shorter where the file ends before

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

// A SQLite database and its WAL as pages, for a file that SQLite itself refuses. Follows the file format's description
// at sqlite.org/fileformat2.html. Nothing is written, and no page is trusted.
//
// Of the WAL each frame counts whose checksum is right, up to the last commit; to the end where frames are damaged.
// SQLite stops at the first frame that is damaged, although what stands behind it was committed and acknowledged.
class PageFile {
public:
    explicit PageFile(const std::filesystem::path& file);  // and the "-wal" beside it

    std::size_t page_size() const noexcept { return page_size_; }
    PageNumber pages() const noexcept { return pages_; }

    // The page as of the last commit; empty where there is none.
    std::string page(PageNumber number) const;

    // Whether the first page begins as a database's does.
    bool has_header() const noexcept { return has_header_; }

    // False where a frame of the WAL was passed over: pages may be older than others, and show what is no longer so.
    bool has_whole_wal() const noexcept { return has_whole_wal_; }

    // True where committed transactions stand behind a damaged frame: SQLite would take the WAL for one that ends
    // before that frame, without a word.
    bool has_damaged_wal() const noexcept { return has_damaged_wal_; }

    // Of the file and its WAL: tells whether two files hold the same.
    std::string checksum() const;

private:
    void read_header();
    void read_wal();

    ReadableFile file_;
    ReadableFile wal_;
    std::size_t page_size_ = 4096;  // as Pinrelay makes them
    PageNumber pages_ = 0;
    bool has_header_ = false;
    bool has_whole_wal_ = true;
    bool has_damaged_wal_ = false;
    std::unordered_map<PageNumber, std::uint64_t> in_wal_;  // where the newest version begins
};

// A number of that many bytes, the most significant first; 0 where the bytes end before.
std::uint64_t big_endian(std::string_view bytes, std::size_t offset, std::size_t count) noexcept;

}  // namespace pinrelay::spool
