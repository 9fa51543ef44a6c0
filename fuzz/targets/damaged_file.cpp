#include "spool/salvage/damaged_file.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include "fixtures/temporary_directory.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"
#include "support/wal_checksums.hpp"

namespace {

using namespace pinrelay;

// Every input is two files; fuzz/run has them in memory.
std::filesystem::path database_path() {
    static const test::TemporaryDirectory directory;
    return directory.path() / "spool.sqlite";
}

void write(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// The input is the database, its write-ahead log behind it, and at the end three bytes: the length of the log, and
// whether its checksums are made right.
void write_files(std::string_view input) {
    constexpr std::size_t tail_size = 3;
    const std::string_view tail = input.substr(input.size() - tail_size);
    input.remove_suffix(tail_size);
    const std::size_t wanted = spool::big_endian(tail, 0, 2);
    const std::size_t wal_size = std::min(wanted, input.size());
    const std::string database(input.substr(0, input.size() - wal_size));
    std::string wal(input.substr(database.size()));
    write(database_path(), database);
    write(database_path().string() + "-wal", wal);
    if (tail[2] % 2 == 0) return;
    fuzz::mend_wal(wal, spool::PageFile(database_path()).page_size());
    write(database_path().string() + "-wal", wal);
}

struct Contents {
    std::vector<spool::Found> found;
    spool::DamagedFile::Loss loss;
};

Contents read_file() {
    Contents contents;
    spool::DamagedFile file(database_path());
    file.read([&](spool::Found found) { contents.found.push_back(std::move(found)); });
    contents.loss = file.loss();
    return contents;
}

const model::StoredRecord& stored_of(const spool::Found& found) {
    const auto* record = std::get_if<spool::FoundRecord>(&found);
    return record != nullptr ? record->stored : std::get<spool::DeadLetter>(found).stored;
}

void check_found(const spool::Found& found) {
    const model::StoredRecord& stored = stored_of(found);
    fuzz::require(stored.id > 0 && stored.attempts >= 0, "numbers are in their bounds");
    for (const std::string* text : {&stored.record.destination, &stored.record.event_name, &stored.record.event_label,
                                    &stored.record.event_id, &stored.record.body})
        fuzz::require(!text->empty(), "a record that was found has all its texts");
}

bool is_same(const spool::Found& one, const spool::Found& other) {
    return one.index() == other.index() && stored_of(one) == stored_of(other);
}

}  // namespace

// A damaged store. Whatever its bytes are, reading it ends and gives each record once.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t least = 3;
    if (size < least) return 0;
    write_files(fuzz::text_of(data, size));
    const Contents contents = read_file();
    std::set<model::RecordId> ids;
    for (const spool::Found& found : contents.found) {
        check_found(found);
        fuzz::require(ids.insert(stored_of(found).id).second, "no record is given twice");
    }
    const Contents again = read_file();
    fuzz::require(contents.loss == again.loss && std::equal(contents.found.begin(), contents.found.end(),
                                                            again.found.begin(), again.found.end(), is_same),
                  "a file is read to the same each time");
    return 0;
}
