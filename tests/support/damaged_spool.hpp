#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "spool/damaged_file.hpp"
#include "support/sqlite_spool_fixture.hpp"

namespace pinrelay::test {

// A spool with a past, whose files are copied and then damaged.
class DamagedSpoolTest : public SqliteSpoolTest {
protected:
    static constexpr std::size_t page_size = 4096;
    static constexpr int records_at_first = 900;
    static constexpr int delivered_ones = 200;
    static constexpr int dead_ones = 100;

    DamagedSpoolTest() {
        options.duplicates.window = std::chrono::hours(48);
        open();
        fill();
    }

    // Records of 1 kB, every tenth of more than two pages; the first are delivered, the next are dead.
    void fill() {
        std::vector<spool::Record> records;
        for (int i = 0; i < records_at_first; ++i) {
            spool::Record one = record(std::to_string(i), noon + std::chrono::seconds(i));
            one.source_name = "purchase";
            one.deduplicated = i % 7 != 0;
            const std::size_t filling = i % 10 == 0 ? 9'000 : 900;
            one.body = "{\"event_id\":\"" + one.event_id + "\",\"x\":\"" + std::string(filling, 'x') + "\"}";
            records.push_back(std::move(one));
        }
        append(*spool, records);
        std::vector<spool::Settlement> settlements;
        for (const auto& stored : *lease(*spool, due_at(noon, delivered_ones + dead_ones)))
            settlements.push_back(settlements.size() < delivered_ones ? delivered(stored.id)
                                                                      : dead(stored.id, "refused", "no"));
        settle(*spool, settlements);
    }

    // The files as they are now, as after a crash.
    std::filesystem::path copy() const {
        const auto target = root.path() / "copy.sqlite";
        std::filesystem::copy_file(file(), target);
        const std::filesystem::path wal = file().string() + "-wal";
        std::error_code absent;
        if (std::filesystem::file_size(wal, absent) > 0 && !absent)
            std::filesystem::copy_file(wal, target.string() + "-wal");
        return target;
    }

    // The same, all in one file.
    std::filesystem::path copy_closed() {
        spool->close();
        return copy();
    }

    static void overwrite(const std::filesystem::path& path, std::uint64_t offset, const std::string& bytes) {
        std::fstream out(path, std::ios::in | std::ios::out | std::ios::binary);
        out.seekp(static_cast<std::streamoff>(offset));
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }

    static void overwrite_page(const std::filesystem::path& path, spool::PageNumber page, char with = '\0') {
        overwrite(path, (page - 1ULL) * page_size, std::string(page_size, with));
    }

    static spool::PageNumber pages(const std::filesystem::path& path) {
        return static_cast<spool::PageNumber>(std::filesystem::file_size(path) / page_size);
    }

    // The first from this one on that holds rows, and not the rest of a long one.
    static spool::PageNumber page_of_rows(const std::filesystem::path& path, spool::PageNumber page) {
        constexpr char leaf_of_a_table = 13;
        std::ifstream in(path, std::ios::binary);
        while (in.seekg(static_cast<std::streamoff>((page - 1ULL) * page_size)) && in.get() != leaf_of_a_table) ++page;
        return page;
    }

    struct Contents {
        std::map<std::string, spool::FoundRecord> records;  // by event id
        std::map<std::string, spool::DeadLetter> letters;
        spool::DamagedFile::Loss loss;
    };

    static Contents read(const std::filesystem::path& path) {
        Contents contents;
        spool::DamagedFile damaged(path);
        damaged.read([&contents](spool::Found found) {
            if (auto* found_record = std::get_if<spool::FoundRecord>(&found)) {
                contents.records.emplace(found_record->stored.record.event_id, *found_record);
                return;
            }
            auto& letter = std::get<spool::DeadLetter>(found);
            contents.letters.emplace(letter.stored.record.event_id, letter);
        });
        contents.loss = damaged.loss();
        return contents;
    }

    // What the open spool holds, by its own words.
    std::vector<spool::StoredRecord> pending() {
        spool::LeaseRequest request = due_at(noon + std::chrono::hours(1), 100'000);
        request.max_bytes = 100'000'000;
        return *lease(*spool, request);
    }
};

}  // namespace pinrelay::test
