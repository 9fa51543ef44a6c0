#include "ingest/limits/request_cost.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ingest/limits/bill.hpp"

namespace pinrelay::ingest {
namespace {

using namespace std::chrono_literals;

struct CostRow {
    const char* what;
    RequestCost cost;
    std::size_t paid;
    std::size_t owed;
};
constexpr CostRow cost_rows[] = {
    {"a purchase", {900, 1'600, 0us}, 1, 0},
    {"a batch of forty, as long in the store as it came", {40'000, 60'000, 5ms}, 10, 48},
    {"a short request that stores much", {1'000, 70'000, 10ms}, 1, 67},
    {"a long one that computes much", {1'048'576, 0, 200ms}, 257, 543},
    {"a long one that costs what it paid", {1'048'576, 200'000, 60ms}, 257, 0},
};

TEST(RequestCost, IsThatOfTheDearestOfBytesReceivedStoredAndTime) {
    for (const auto& [what, cost, paid, owed] : cost_rows) {
        EXPECT_EQ(paid_before(cost.received), paid) << what;
        EXPECT_EQ(owed_after(cost), owed) << what;
    }
}

TEST(MostStored, IsEightTimesWhatCameAndSixtyFourKibibytes) {
    EXPECT_EQ(most_stored(0), 65'536U);
    EXPECT_EQ(most_stored(20'000), 225'536U);
}

TEST(CountedBytes, AreTheUnpackedOnesUpToTenTimesThePackedOnes) {
    EXPECT_EQ(counted_bytes(500, 500), 500U);
    EXPECT_EQ(counted_bytes(500, 4'000), 4'000U);
    EXPECT_EQ(counted_bytes(1'000, 1'000'000), 10'000U);
}

boost::asio::ip::address client_address() { return boost::asio::ip::make_address("203.0.113.7"); }

// How many seconds a client that may send one request a second has to wait after this bill.
template <class Work>
int wait_after(std::string body, Work work) {
    const Throttle throttle(PerSecond{1});  // ten at once
    const std::optional client = client_address();
    http::Request request;
    request.body = std::move(body);
    {
        Bill bill(throttle, client, request);
        work(bill);
    }
    const auto refusal = throttle.refuse_client(client);
    return refusal ? std::stoi(*refusal->header("Retry-After")) : 0;
}

// Works for as much CPU time as 25 requests have.
void work_hard() {
    const auto begin = thread_cpu_time();
    while (thread_cpu_time() - begin < 25 * cpu_of_one_request) {
    }
}

TEST(Bill, IsPaidAtItsEnd) {
    EXPECT_EQ(wait_after("", [](Bill& bill) { bill.stores(25 * stored_of_one_request); }), 15);
    EXPECT_EQ(wait_after("", [](Bill&) {}), 0);
}

TEST(Bill, MeasuresTheTimeOfWhatIsLongOrPackedOrHasManyEvents) {
    EXPECT_EQ(wait_after("short",
                         [](Bill& bill) {
                             bill.has_events(8);
                             work_hard();
                         }),
              0);
    EXPECT_GE(wait_after("short",
                         [](Bill& bill) {
                             bill.has_events(9);
                             work_hard();
                         }),
              14);
    EXPECT_GE(wait_after(std::string(4096, 'x'), [](Bill&) { work_hard(); }), 14);
    EXPECT_GE(wait_after("\x1f\x8b", [](Bill&) { work_hard(); }), 14);
}

}  // namespace
}  // namespace pinrelay::ingest
