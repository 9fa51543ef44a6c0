#include "spool/salvage/damaged_file.hpp"

#include <random>
#include <set>

#include "fixtures/damaged_spool.hpp"

// What is read out of files that are damaged in every way.
namespace pinrelay::spool {
namespace {

using test::append;
using test::noon;
using test::record;

class DamagedFileTest : public test::DamagedSpoolTest {
protected:
    static constexpr std::size_t pending_ones = records_at_first - delivered_ones - dead_ones;

    void expect_everything(const Contents& contents) {
        EXPECT_EQ(contents.records.size(), pending_ones);
        EXPECT_EQ(contents.letters.size(), static_cast<std::size_t>(dead_ones));
        EXPECT_EQ(contents.loss.rows, 0U);
    }

    // Nothing that is found is anything else than what was stored.
    static void expect_true(const Contents& contents) {
        for (const auto& [id, found] : contents.records) {
            EXPECT_EQ(found.stored.record.event_time, noon + std::chrono::seconds(std::stoi(id)));
            EXPECT_TRUE(found.stored.record.body.starts_with("{\"event_id\":\"" + id + "\"")) << id;
            EXPECT_TRUE(found.stored.record.body.ends_with("x\"}")) << id;
        }
    }
};

TEST_F(DamagedFileTest, GivesAllThatASoundFileHoldsAsItWas) {
    const auto contents = read(copy_closed());
    open();

    expect_everything(contents);
    EXPECT_EQ(contents.loss, (DamagedFile::Loss{0, 0, pending_ones}));
    for (const auto& stored : pending()) {
        const auto& found = contents.records.at(stored.record.event_id);
        EXPECT_EQ(found.stored, stored);
        EXPECT_TRUE(found.certain);
    }
    for (const auto& letter : dead_letters()) {
        const auto& found = contents.letters.at(letter.stored.record.event_id);
        EXPECT_EQ(found.stored, letter.stored);
        EXPECT_EQ(found.number, letter.number);
        EXPECT_EQ(found.reason, letter.reason);
        EXPECT_EQ(found.message, letter.message);
        EXPECT_EQ(found.died, letter.died);
    }
}

TEST_F(DamagedFileTest, ReadsTheWalBesideTheFile) {
    ASSERT_GT(std::filesystem::file_size(file().string() + "-wal"), 0U);

    const auto contents = read(copy());

    expect_everything(contents);
    expect_true(contents);
    EXPECT_EQ(contents.loss.pending, pending_ones);
}

TEST_F(DamagedFileTest, KnowsWhichSendingsHadBegun) {
    const auto leased = pending();

    const auto contents = read(copy());

    EXPECT_EQ(leased.size(), pending_ones);
    for (const auto& [id, found] : contents.records)
        EXPECT_EQ(found.stored.interrupted, !found.stored.record.deduplicated) << id;
}

TEST_F(DamagedFileTest, GivesTheSameInTheSameOrderEachTime) {
    const auto damaged = copy_closed();
    overwrite_page(damaged, 2);
    const auto order = [&damaged] {
        std::vector<std::string> ids;
        DamagedFile(damaged).read([&ids](const Found& found) {
            const auto* one = std::get_if<FoundRecord>(&found);
            ids.push_back(one != nullptr ? one->stored.record.event_id
                                         : std::get<DeadLetter>(found).stored.record.event_id);
        });
        return ids;
    };

    EXPECT_EQ(order(), order());
}

TEST_F(DamagedFileTest, DoesWithoutTheFirstPage) {
    const auto damaged = copy_closed();
    overwrite_page(damaged, 1);

    const auto contents = read(damaged);

    for (const auto& stored : (open(), pending())) EXPECT_TRUE(contents.records.contains(stored.record.event_id));
    EXPECT_EQ(contents.letters.size(), static_cast<std::size_t>(dead_ones));
    expect_true(contents);
}

TEST_F(DamagedFileTest, SaysOfWhatIsOutsideOfTheTreeThatItMayBeGone) {
    const auto damaged = copy_closed();
    overwrite_page(damaged, 1);
    open();
    std::set<std::string> still_there;
    for (const auto& stored : pending()) still_there.insert(stored.record.event_id);

    for (const auto& [id, found] : read(damaged).records) EXPECT_EQ(found.certain, still_there.contains(id)) << id;
}

TEST_F(DamagedFileTest, DoesWithoutTheRootOfATable) {
    for (const PageNumber page : {2U, 5U}) {
        const auto damaged = copy_closed();
        overwrite_page(damaged, page, '\xFF');

        const auto contents = read(damaged);

        expect_everything(contents);
        expect_true(contents);
        EXPECT_EQ(contents.loss.pages, 1U);
        for (const auto& [id, found] : contents.records) EXPECT_TRUE(found.certain) << id;  // the free pages are known
        std::filesystem::remove(damaged);
    }
}

TEST_F(DamagedFileTest, LosesWithAPageNoMoreThanStoodInIt) {
    const auto sound = copy_closed();
    const PageNumber last = pages(sound);
    const auto whole = read(sound);
    for (PageNumber page = 2; page <= last; page += 17) {
        const std::string kept = ReadableFile(sound).read((page - 1ULL) * page_size, page_size);
        overwrite_page(sound, page);

        const auto contents = read(sound);

        constexpr std::size_t most_rows_in_a_page = 5;
        EXPECT_GE(contents.records.size() + most_rows_in_a_page, whole.records.size()) << page;
        EXPECT_GE(contents.letters.size() + most_rows_in_a_page, whole.letters.size()) << page;
        for (const auto& [id, found] : contents.records) {
            EXPECT_TRUE(whole.records.contains(id)) << id;
            if (!whole.records.contains(id)) continue;
            EXPECT_EQ(found.stored.record.event_time, whole.records.at(id).stored.record.event_time);
        }
        overwrite(sound, (page - 1ULL) * page_size, kept);
    }
}

TEST_F(DamagedFileTest, GivesWhatATruncatedFileStillHolds) {
    const auto damaged = copy_closed();
    const auto whole = read(damaged);
    std::filesystem::resize_file(damaged, std::filesystem::file_size(damaged) * 3 / 4 + 100);

    const auto contents = read(damaged);

    EXPECT_GT(contents.records.size() + contents.letters.size(), pending_ones / 2);
    EXPECT_LT(contents.records.size() + contents.letters.size(), whole.records.size() + whole.letters.size());
    EXPECT_GT(contents.loss.pages + contents.loss.rows, 0U);
    expect_true(contents);
}

TEST_F(DamagedFileTest, ReadsTheWalOnBehindADamagedFrame) {
    const auto whole = read(copy());
    const auto damaged = root.path() / "copy.sqlite";
    const auto wal = damaged.string() + "-wal";
    constexpr std::size_t frame = 24 + page_size;
    const auto frames = (std::filesystem::file_size(wal) - 32) / frame;
    ASSERT_GT(frames, 100U);
    overwrite(wal, 32 + 20 * frame + 300, std::string(500, '#'));

    const auto contents = read(damaged);

    EXPECT_GE(contents.records.size() + contents.letters.size() + 10, whole.records.size() + whole.letters.size());
    expect_true(contents);
    for (const auto& [id, found] : contents.records) EXPECT_FALSE(found.certain) << id;
}

TEST_F(DamagedFileTest, DoesWithoutTheHeaderOfTheWal) {
    const auto damaged = copy();
    overwrite(damaged.string() + "-wal", 0, std::string(32, '#'));

    const auto contents = read(damaged);

    EXPECT_GE(contents.records.size() + 10, pending_ones);
    expect_true(contents);
}

TEST_F(DamagedFileTest, ReadsRowsOfTheFirstVersionOfTheSchema) {
    spool->close();
    run_sql("PRAGMA user_version = 1");
    run_sql(
        "DROP TRIGGER dead_letter_added; DROP TRIGGER dead_letter_taken; DROP TRIGGER dead_letter_changed;"
        "ALTER TABLE dead_letter DROP COLUMN bytes;"
        "ALTER TABLE record DROP COLUMN source_name; ALTER TABLE record DROP COLUMN sending;"
        "ALTER TABLE dead_letter DROP COLUMN source_name; ALTER TABLE ledger DROP COLUMN replayed;"
        "ALTER TABLE ledger DROP COLUMN folded; ALTER TABLE ledger DROP COLUMN reused;");

    const auto contents = read(copy());

    expect_everything(contents);
    EXPECT_EQ(contents.loss.pending, pending_ones);
    EXPECT_EQ(contents.records.begin()->second.stored.record.source_name, "");
}

TEST_F(DamagedFileTest, TellsFilesApartByTheirContents) {
    const auto first = copy_closed();
    const std::string before = DamagedFile(first).checksum();
    std::filesystem::copy_file(first, root.path() / "another name");
    const std::string of_copy = DamagedFile(root.path() / "another name").checksum();
    overwrite(first, 5000, "#");

    EXPECT_EQ(of_copy, before);
    EXPECT_NE(DamagedFile(first).checksum(), before);
}

TEST_F(DamagedFileTest, SaysThatThereIsNoFile) {
    EXPECT_THROW(DamagedFile(root.path() / "nowhere"), std::runtime_error);
}

class RandomDamage : public DamagedFileTest, public testing::WithParamInterface<unsigned> {};

// Whatever the bytes are, reading ends, and what it gives is not more than there was.
TEST_P(RandomDamage, EndsAndInventsNothing) {
    const auto sound = GetParam() % 2 == 0 ? copy_closed() : copy();
    std::mt19937 random(GetParam());
    for (const auto& path : {sound, std::filesystem::path(sound.string() + "-wal")}) {
        if (!std::filesystem::exists(path)) continue;
        const auto size = std::filesystem::file_size(path);
        for (int i = 0; i < 300; ++i) {
            std::string bytes(1 + random() % 8, '\0');
            for (char& byte : bytes) byte = static_cast<char>(random());
            // Half of it where pages keep their structure.
            const std::uint64_t page = random() % (size / page_size);
            const std::uint64_t offset = page * page_size + (i % 2 == 0 ? random() % 64 : random() % page_size);
            overwrite(path, offset, bytes);
        }
    }

    const auto contents = read(sound);

    EXPECT_LE(contents.records.size() + contents.letters.size(), 2U * records_at_first);
    EXPECT_GT(contents.records.size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomDamage, testing::Range(1U, 21U));

TEST(DamagedFile, OfNoiseHoldsNothing) {
    const test::TemporaryDirectory directory;
    std::mt19937 random(1);
    std::string noise(100'000, '\0');
    for (char& byte : noise) byte = static_cast<char>(random());
    std::ofstream(directory.path() / "noise") << noise;
    std::ofstream(directory.path() / "empty");
    int found = 0;

    for (const char* name : {"noise", "empty"}) DamagedFile(directory.path() / name).read([&found](Found) { ++found; });

    EXPECT_EQ(found, 0);
}

}  // namespace
}  // namespace pinrelay::spool
