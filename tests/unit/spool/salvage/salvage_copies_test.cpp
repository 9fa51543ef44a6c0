#include <algorithm>

#include "fixtures/damaged_spool.hpp"
#include "pinrelay/spool/check.hpp"
#include "pinrelay/spool/salvage.hpp"

// What a damaged file keeps beside its records comes back with them.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using test::append_arrivals;
using test::dead;
using test::delivered;
using test::noon;
using test::record;
using test::settle;

bool is_an_object(const Record& record) { return record.body.starts_with("{") && record.body.ends_with("}"); }

Arrival saying(const std::string& id, const std::string& what, std::uint64_t subject = 0) {
    Arrival arrival{record(id, noon + 10min), subject};
    arrival.record.body = "{\"event_id\":\"" + id + "\",\"" + what + "\":1}";
    return arrival;
}

class SalvageOfCopies : public test::DamagedSpoolTest {
protected:
    static constexpr std::uint64_t copies = 100;

    // Copies of a hundred pending records, and of a purchase in a shop. One record has a rival.
    SalvageOfCopies() {
        std::vector<Arrival> arrivals;
        for (std::uint64_t i = 0; i < copies - 1; ++i) arrivals.push_back(saying(std::to_string(300 + i), "copy"));
        for (const std::string what : {"purchase", "copy"}) {
            arrivals.push_back(saying("offline", what, 7));
            arrivals.back().record.deduplicated = false;
        }
        arrivals.push_back(saying("500", "with a value"));
        arrivals.back().essence.value = 9;
        append_arrivals(*spool, arrivals);
        damaged = copy_closed();
        options.directory = root.path() / "new";
        open();
    }

    Salvaged run(const std::function<bool(const Record&)>& sound = is_an_object) {
        return salvage(options.directory, damaged, {sound, 48h}, noon + 1h);
    }

    void settle_all(const std::function<Settlement(RecordId)>& fate) {
        std::vector<Settlement> settlements;
        for (const auto& stored : pending()) settlements.push_back(fate(stored.id));
        ASSERT_TRUE(settle(*spool, settlements));
    }

    std::int64_t number(const std::string& sql) { return Connection(file(), Connection::Access::ReadOnly).number(sql); }

    std::filesystem::path damaged;
};

TEST_F(SalvageOfCopies, SendsThemWhereTheirRecordsAreRefused) {
    const Salvaged result = run();
    settle_all([](RecordId id) { return dead(id, "refused"); });

    EXPECT_EQ(result.copies, copies);
    EXPECT_EQ(result.left_copies, 0U);
    const auto sent = pending();
    EXPECT_EQ(sent.size(), copies);
    for (const auto& stored : sent) EXPECT_NE(stored.record.body.find("copy"), std::string::npos);
    EXPECT_EQ(spool->ledger().total().folded, copies);
    EXPECT_EQ(spool->ledger().total().unfolded, copies);
    EXPECT_EQ(problems_of(file(), is_an_object), std::vector<std::string>());
}

TEST_F(SalvageOfCopies, LeavesNoRowBehindWhereTheirRecordsAreDelivered) {
    run();

    settle_all(delivered);

    EXPECT_EQ(number("SELECT (SELECT count(*) FROM copy) + (SELECT count(*) FROM rival)"), 0);
}

// Its digests are of the former file's secret.
TEST_F(SalvageOfCopies, SendsNoOfflineCopyTwice) {
    run();
    settle_all([](RecordId id) { return dead(id, "refused"); });
    settle_all(delivered);
    Arrival again = saying("offline", "copy", 7);
    again.record.deduplicated = false;

    append_arrivals(*spool, {again});

    EXPECT_TRUE(pending().empty());
}

TEST_F(SalvageOfCopies, DisplacesARivalOnceItsTrueEventComesAgain) {
    run();
    Arrival true_event = saying("500", "true");
    true_event.trust = model::Trust::Signed;

    append_arrivals(*spool, {true_event});
    const auto sent = pending();

    EXPECT_EQ(std::ranges::count(sent, true_event.record.body, [](const auto& each) { return each.record.body; }), 1);
    EXPECT_EQ(spool->ledger().dead_by_reason.at({"shop", "displaced"}), 1U);
}

TEST_F(SalvageOfCopies, FindsThemWithoutTheFirstPage) {
    overwrite_page(damaged, 1);

    const Salvaged result = run();

    EXPECT_EQ(result.copies, copies);
    EXPECT_EQ(number("SELECT count(*) FROM rival"), 1);
}

TEST_F(SalvageOfCopies, CountsThoseWhoseRecordIsGone) {
    Connection(damaged, Connection::Access::ReadWrite).run("DELETE FROM record WHERE event_id IN ('300', '301')");

    const Salvaged result = run();

    EXPECT_EQ(result.copies, copies - 2);
    EXPECT_EQ(result.left_copies, 2U);
}

TEST_F(SalvageOfCopies, CountsThoseThatMayNotBeSent) {
    const Salvaged result = run([](const Record& record) { return record.body.find("copy") == std::string::npos; });

    EXPECT_EQ(result.copies, 0U);
    EXPECT_EQ(result.left_copies, copies);
    EXPECT_EQ(number("SELECT count(*) FROM copy"), 0);
}

TEST_F(SalvageOfCopies, GoesOnWhereItWasInterrupted) {
    int rows = 0;
    const auto power_cut = [&rows](const Record&) {
        if (++rows == 650) throw std::runtime_error("the power is gone");
        return true;
    };

    EXPECT_THROW(run(power_cut), std::runtime_error);
    const auto before = number("SELECT count(*) FROM copy");
    const Salvaged rest = run();

    EXPECT_GT(before, 0);
    EXPECT_EQ(static_cast<std::uint64_t>(before) + rest.copies, copies);
    EXPECT_EQ(rest.left_copies, 0U);
    EXPECT_EQ(number("SELECT count(*) FROM copy"), static_cast<std::int64_t>(copies));
}

}  // namespace
}  // namespace pinrelay::spool
