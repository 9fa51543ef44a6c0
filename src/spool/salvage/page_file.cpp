#include "page_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <stdexcept>
#include <system_error>

#include "wal_frames.hpp"

namespace pinrelay::spool {
namespace {

constexpr std::string_view header_text("SQLite format 3\0", 16);
constexpr std::size_t database_header_size = 100;
constexpr std::size_t page_size_at = 16;

constexpr std::size_t smallest_page = 512;
constexpr std::size_t largest_page = 65536;

[[noreturn]] void fail_on_file(const std::string& what, const std::filesystem::path& path) {
    throw std::runtime_error(what + " " + path.string() + ": " + std::generic_category().message(errno));
}

}  // namespace

ReadableFile::ReadableFile(const std::filesystem::path& path)
    : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct ::stat status {};
    if (descriptor_ < 0 && errno == ENOENT) return;
    if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0) fail_on_file("cannot read", path);
    size_ = static_cast<std::uint64_t>(status.st_size);
}

ReadableFile::~ReadableFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::string ReadableFile::read(std::uint64_t offset, std::size_t count) const {
    std::string bytes(offset < size_ ? std::min<std::uint64_t>(count, size_ - offset) : 0, '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto got =
            ::pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<::off_t>(offset + done));
        if (got < 0 && errno != EINTR) fail_on_file("cannot read", path_);
        if (got == 0) bytes.resize(done);
        if (got > 0) done += static_cast<std::size_t>(got);
    }
    return bytes;
}

std::uint64_t big_endian(std::string_view bytes, std::size_t offset, std::size_t count) noexcept {
    if (offset + count > bytes.size()) return 0;
    std::uint64_t number = 0;
    for (const char byte : bytes.substr(offset, count)) number = (number << 8) | static_cast<unsigned char>(byte);
    return number;
}

PageFile::PageFile(const std::filesystem::path& file) : file_(file), wal_(file.string() + "-wal") {
    if (!std::filesystem::exists(file)) throw std::runtime_error("there is no " + file.string());
    read_header();
    read_wal();
    const std::uint64_t in_file = (file_.size() + page_size_ - 1) / page_size_;
    pages_ =
        static_cast<PageNumber>(std::clamp<std::uint64_t>(in_file, pages_, std::numeric_limits<PageNumber>::max()));
    has_header_ = page(1).starts_with(header_text);
}

void PageFile::read_header() {
    const std::string header = file_.read(0, database_header_size);
    if (!header.starts_with(header_text)) return;
    const std::size_t written = big_endian(header, page_size_at, 2);
    const std::size_t size = written == 1 ? largest_page : written;
    const bool power_of_two = (size & (size - 1)) == 0;
    if (size >= smallest_page && power_of_two) page_size_ = size;
}

void PageFile::read_wal() {
    WalFrames frames([this](std::uint64_t offset, std::size_t count) { return wal_.read(offset, count); }, page_size_);
    std::unordered_map<PageNumber, std::uint64_t> since_commit;
    const auto commit = [&] {
        for (const auto& [page, data] : since_commit) {
            in_wal_[page] = data;
            pages_ = std::max(pages_, page);
        }
        since_commit.clear();
    };
    while (const auto frame = frames.next()) {
        since_commit[frame->page] = frame->data;
        if (frame->pages_after_commit != 0) commit();
    }
    has_whole_wal_ = !frames.passed_over();
    has_damaged_wal_ = frames.commits_behind_damage() > 1;
    if (!has_whole_wal_) commit();  // the frame that was damaged may have been the one that ended the transaction
}

std::string PageFile::page(PageNumber number) const {
    if (number == 0) return {};
    const auto newest = in_wal_.find(number);
    std::string bytes = newest != in_wal_.end() ? wal_.read(newest->second, page_size_)
                                                : file_.read((number - 1ULL) * page_size_, page_size_);
    return bytes.size() == page_size_ ? std::move(bytes) : std::string();
}

std::string PageFile::checksum() const {
    // FNV-1a, of 64 bits: to tell files apart, not to protect them.
    constexpr std::uint64_t prime = 1099511628211ULL;
    std::uint64_t hash = 14695981039346656037ULL;
    constexpr std::size_t at_once = 1 << 20;
    for (const ReadableFile* file : {&file_, &wal_})
        for (std::uint64_t offset = 0; offset < file->size(); offset += at_once)
            for (const char byte : file->read(offset, at_once))
                hash = (hash ^ static_cast<unsigned char>(byte)) * prime;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += digits[(hash >> shift) & 0xF];
    return text;
}

}  // namespace pinrelay::spool
