#include "pinrelay/spool/spool_file.hpp"

#include <unistd.h>

#include "fixtures/sqlite_spool_fixture.hpp"

// The tools' view of the file, beside an open spool and without one.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using test::append;
using test::dead;
using test::delivered;
using test::due_at;
using test::event_ids;
using test::Ids;
using test::lease;
using test::noon;
using test::record;
using test::settle;

class SpoolFileTest : public test::SqliteSpoolTest {
protected:
    SpoolFileTest() { open(); }

    // Dead letters of these ids, one after the other, a second apart.
    void bury(const Ids& ids, const std::string& reason = "refused", const std::string& destination = "shop") {
        for (const auto& id : ids) {
            append(*spool, {record(id, noon, destination)});
            LeaseRequest request = due_at(noon);
            request.destination = destination;
            settle(*spool, {dead(lease(*spool, request)->front().id, reason, "no " + id)});
            clock.now += 1s;
        }
    }

    SpoolFile reading() const { return {options.directory, SpoolFile::Access::Read}; }
    SpoolFile writing() const { return {options.directory, SpoolFile::Access::Write}; }

    Ids ids(const Selection& selection, Order order = Order::OldestFirst, std::size_t limit = 10'000) const {
        Ids found;
        reading().visit(selection, order, limit,
                        [&found](const DeadLetter& letter) { found.push_back(letter.stored.record.event_id); });
        return found;
    }

    // The spool notices what a tool did with its next commit.
    Counts account() {
        append(*spool, {});
        return spool->ledger().total();
    }
};

std::optional<Record> unchanged(const DeadLetter& letter) { return letter.stored.record; }

Selection of_reason(const std::string& reason) {
    Selection selection;
    selection.reason = reason;
    return selection;
}

TEST_F(SpoolFileTest, GivesALetterWithAllThatIsKnownOfIt) {
    Record offline = record("a", noon - 5s);
    offline.source_name = "purchase";
    offline.deduplicated = false;
    append(*spool, {offline});
    const auto leased = lease(*spool, due_at(noon));
    settle(*spool, {dead(leased->front().id, "refused", "no such item")});

    std::vector<DeadLetter> letters;
    reading().visit({}, Order::OldestFirst, 10, [&](const DeadLetter& letter) { letters.push_back(letter); });

    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].number, 1);
    EXPECT_EQ(letters[0].stored, leased->front());
    EXPECT_EQ(letters[0].reason, "refused");
    EXPECT_EQ(letters[0].message, "no such item");
    EXPECT_EQ(letters[0].died, noon);
}

TEST_F(SpoolFileTest, SelectsByEveryProperty) {
    bury({"a", "b"}, "refused");
    bury({"c"}, "too_old");
    bury({"d"}, "too_old", "shop2");
    Selection account;
    account.destination = "shop";
    Selection since;
    since.died_since = noon + 1s;
    Selection before;
    before.died_before = noon + 1s;
    Selection name;
    name.event_name = "checkout";
    Selection other_name;
    other_name.event_name = "lead";
    Selection numbers;
    numbers.numbers = {1, 4, 99};

    EXPECT_EQ(reading().count({}), 4U);
    EXPECT_EQ(reading().count(account), 3U);
    EXPECT_EQ(reading().count(numbers), 2U);
    EXPECT_EQ(ids({}), Ids({"a", "b", "c", "d"}));
    EXPECT_EQ(ids(account), Ids({"a", "b", "c"}));
    EXPECT_EQ(ids(of_reason("too_old")), Ids({"c", "d"}));
    EXPECT_EQ(ids(since), Ids({"b", "c", "d"}));
    EXPECT_EQ(ids(before), Ids({"a"}));
    EXPECT_EQ(ids(name), Ids({"a", "b", "c", "d"}));
    EXPECT_EQ(ids(other_name), Ids());
    EXPECT_EQ(ids(numbers), Ids({"a", "d"}));
}

TEST_F(SpoolFileTest, SelectsByTheNameThatTheEventCameWith) {
    Record renamed = record("a");
    renamed.source_name = "purchase";
    append(*spool, {renamed});
    settle(*spool, {dead(lease(*spool, due_at(noon))->front().id, "refused")});
    Selection selection;
    selection.event_name = "purchase";

    EXPECT_EQ(ids(selection), Ids({"a"}));
}

TEST_F(SpoolFileTest, GivesTheNewestFirstUpToALimit) {
    bury({"a", "b", "c"});

    EXPECT_EQ(ids({}, Order::NewestFirst, 2), Ids({"c", "b"}));
    EXPECT_EQ(ids({}, Order::OldestFirst, 0), Ids());
}

TEST_F(SpoolFileTest, GivesMoreThanFitIntoOnePage) {
    std::vector<Record> many;
    std::vector<Settlement> deaths;
    for (int i = 0; i < 1201; ++i) many.push_back(record(std::to_string(i)));
    append(*spool, many);
    for (const auto& stored : *lease(*spool, due_at(noon, 5000))) deaths.push_back(dead(stored.id, "refused"));
    settle(*spool, deaths);

    EXPECT_EQ(ids({}).size(), 1201U);
    EXPECT_EQ(ids({}, Order::NewestFirst).front(), "1200");
    EXPECT_EQ(writing().replay({}, unchanged), 1201U);
    EXPECT_EQ(ids({}), Ids());
}

TEST_F(SpoolFileTest, CountsTheLettersThatAreThere) {
    bury({"a", "b"}, "refused");
    bury({"c"}, "too_old", "shop2");

    const auto counts = reading().dead_letter_counts();

    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0], (DeadLetterCount{"shop", "refused", 2, noon, noon + 1s}));
    EXPECT_EQ(counts[1], (DeadLetterCount{"shop2", "too_old", 1, noon + 2s, noon + 2s}));
}

TEST_F(SpoolFileTest, ReadsTheAccountBesideTheSpoolAndWithoutIt) {
    bury({"a"});
    append(*spool, {record("b", noon - 1h)});
    const Ledger beside = reading().ledger();

    spool->close();
    const Ledger without = reading().ledger();

    EXPECT_EQ(beside.total(), (Counts{2, 0, 1}));
    EXPECT_EQ(beside.oldest_pending.at("shop"), noon - 1h);
    EXPECT_EQ(beside.bytes, spool->ledger().bytes);
    EXPECT_EQ(without.by_label, beside.by_label);
}

TEST_F(SpoolFileTest, ReplaysALetterOnceUnderItsOwnIdentity) {
    append(*spool, {record("a", noon - 5s)});
    const auto id = lease(*spool, due_at(noon))->front().id;
    settle(*spool, {test::retry(id, noon)});
    const auto before = lease(*spool, due_at(noon))->front();
    settle(*spool, {dead(id, "refused")});

    const auto first = writing().replay({}, unchanged);
    const auto second = writing().replay({}, unchanged);
    const Counts pending = account();
    const auto after = lease(*spool, due_at(noon));

    EXPECT_EQ(first, 1U);
    EXPECT_EQ(second, 0U);
    EXPECT_EQ(pending, (Counts{1, 0, 1, 1}));
    EXPECT_EQ(pending.pending(), 1U);
    ASSERT_EQ(after->size(), 1U);
    EXPECT_EQ(after->front(), before);  // id, identity, attempts and all
    settle(*spool, {delivered(id)});
    EXPECT_EQ(spool->ledger().total(), (Counts{1, 1, 1, 1}));
}

TEST_F(SpoolFileTest, ReplaysTheRecordThatTheRewritingGives) {
    bury({"a"});

    writing().replay({}, [](const DeadLetter& letter) {
        Record record = letter.stored.record;
        record.event_name = record.event_label = "lead";
        record.body = "{\"new\":1}";
        return std::optional(record);
    });
    append(*spool, {});

    EXPECT_EQ(spool->ledger().by_label.at({"shop", "checkout"}), (Counts{1, 0, 1, 0}));
    EXPECT_EQ(spool->ledger().by_label.at({"shop", "lead"}), (Counts{0, 0, 0, 1}));
    EXPECT_EQ(lease(*spool, due_at(noon))->front().record.body, "{\"new\":1}");
}

TEST_F(SpoolFileTest, LeavesALetterThatTheRewritingRefusesOrTheSelectionPassesOver) {
    bury({"a", "b"}, "refused");
    bury({"c"}, "too_old");

    const auto moved = writing().replay(of_reason("refused"), [](const DeadLetter& letter) {
        return letter.stored.record.event_id == "a" ? std::optional<Record>() : letter.stored.record;
    });

    EXPECT_EQ(moved, 1U);
    EXPECT_EQ(ids({}), Ids({"a", "c"}));
}

TEST_F(SpoolFileTest, DoesNotReplayWhatDiesDuringTheReplay) {
    bury({"a"});
    SpoolFile tool = writing();

    const auto moved = tool.replay({}, [this](const DeadLetter& letter) {
        bury({"died meanwhile"});
        return unchanged(letter);
    });

    EXPECT_EQ(moved, 1U);
    EXPECT_EQ(ids({}), Ids({"died meanwhile"}));
}

TEST_F(SpoolFileTest, LeavesALetterThatAnotherToolTookInBetween) {
    bury({"a", "b"});

    const auto moved = writing().replay({}, [this](const DeadLetter& letter) {
        Selection first;
        first.numbers = {1};
        writing().purge(first);
        return unchanged(letter);
    });

    EXPECT_EQ(moved, 1U);
    EXPECT_EQ(account(), (Counts{2, 0, 2, 1}));
}

TEST_F(SpoolFileTest, PurgesAndGoesOnCounting) {
    bury({"a", "b"}, "refused");
    bury({"c"}, "too_old");

    const auto purged = writing().purge(of_reason("refused"));
    const auto again = writing().purge(of_reason("refused"));

    EXPECT_EQ(purged, 2U);
    EXPECT_EQ(again, 0U);
    EXPECT_EQ(ids({}), Ids({"c"}));
    EXPECT_EQ(account(), (Counts{3, 0, 3}));
    open();
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

TEST_F(SpoolFileTest, TellsADeliveryThatSleepsOfTheReplay) {
    bury({"a"});
    std::promise<void> told;
    spool->on_append([&told] { told.set_value(); });

    writing().replay({}, unchanged);

    EXPECT_EQ(told.get_future().wait_for(30s), std::future_status::ready);
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a"}));
}

TEST_F(SpoolFileTest, WorksWithoutARelay) {
    bury({"a", "b"});
    spool->close();

    EXPECT_EQ(writing().replay({}, unchanged), 2U);
    open();

    EXPECT_EQ(spool->ledger().total(), (Counts{2, 0, 2, 2}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a", "b"}));
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

std::string refusal(const std::filesystem::path& directory) {
    try {
        SpoolFile(directory, SpoolFile::Access::Write);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

TEST_F(SpoolFileTest, SaysWhyItCannotBeOpened) {
    spool->close();
    const auto contains = [](const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    };

    EXPECT_TRUE(contains(refusal(root.path() / "nowhere"), "there is no ")) << refusal(root.path() / "nowhere");
    run_sql("PRAGMA user_version = 1");
    EXPECT_TRUE(contains(refusal(options.directory), "start the relay once")) << refusal(options.directory);
    run_sql("PRAGMA user_version = 99");
    EXPECT_TRUE(contains(refusal(options.directory), "version 99")) << refusal(options.directory);
    EXPECT_FALSE(std::filesystem::exists(root.path() / "nowhere"));
}

TEST_F(SpoolFileTest, NamesTheHolderOfTheDirectory) {
    const auto held = holder_of(options.directory);
    spool->close();
    const auto free = holder_of(options.directory);

    EXPECT_EQ(held, std::to_string(::getpid()));
    EXPECT_EQ(free, std::nullopt);
    EXPECT_EQ(holder_of(root.path()), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::spool
