#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "spool/sqlite/store.hpp"

// How large a journal becomes and how long an answer takes: large_journal ENTRIES AT_ONCE DIRECTORY
//   ENTRIES    so many events are accepted and delivered
//   AT_ONCE    so many are one commit
//   DIRECTORY  is empty
// Prints the figures. Fails if an event is not found, or if an entry takes more than bytes_of_journal_entry.

namespace {

using namespace pinrelay;
using Steady = std::chrono::steady_clock;

constexpr Time began{std::chrono::hours(500'000)};
constexpr std::size_t questions = 1000;

std::string id_of(std::size_t number) { return "ORDER-2026-" + std::to_string(1'000'000 + number); }

// Events come evenly in thirteen days, so that none is too old at the end.
Time time_of(std::size_t number, std::size_t entries) {
    constexpr std::chrono::hours all{13 * 24};
    return began + std::chrono::duration_cast<Time::duration>(all) / static_cast<std::int64_t>(entries) *
                       static_cast<std::int64_t>(number);
}

spool::Arrival arrival(std::size_t number) {
    spool::Arrival arrival;
    arrival.record.destination = "pinterest:549755885175";
    arrival.record.source_name = number % 10 == 0 ? "purchase" : "page_view";
    arrival.record.event_label = number % 10 == 0 ? "checkout" : "page_visit";
    arrival.record.event_id = id_of(number);
    if (number % 10 == 0) arrival.order_id = id_of(number);
    return arrival;
}

[[noreturn]] void fail() {
    std::fflush(stdout);
    std::_Exit(1);
}

void commit(spool::Store& store, std::size_t first, std::size_t count, std::size_t entries) {
    const Time now = time_of(first, entries);
    spool::JournalLog& journal = store.journal();
    store.begin();
    for (std::size_t number = first; number < first + count; ++number) {
        journal.arrives(arrival(number), now);
        journal.stored(static_cast<model::RecordId>(number + 1));
    }
    journal.write(now);
    store.commit();
    store.begin();
    for (std::size_t number = first; number < first + count; ++number)
        journal.delivered(static_cast<model::RecordId>(number + 1), {}, now);
    journal.write(now);
    store.commit();
}

void fill(const std::filesystem::path& file, std::size_t entries, std::size_t at_once) {
    spool::Store store(file);
    store.connection().run("PRAGMA synchronous = OFF");
    store.journal().open({std::chrono::hours(14 * 24), entries * spool::bytes_of_journal_entry * 2});
    const std::uint64_t empty = store.bytes();
    Steady::duration longest{};
    const auto start = Steady::now();
    for (std::size_t first = 0; first < entries; first += at_once) {
        const auto before = Steady::now();
        commit(store, first, std::min(at_once, entries - first), entries);
        longest = std::max(longest, Steady::now() - before);
        if (store.wal_bytes() > spool::wal_mark) store.connection().checkpoint(spool::Connection::Checkpoint::Passive);
    }
    const auto took = std::chrono::duration<double>(Steady::now() - start);
    const double each = static_cast<double>(store.bytes() - empty) / static_cast<double>(entries);
    std::printf("%zu entries, %zu in a commit: %.1f bytes each, %.2f us each, the longest commit %.1f ms\n", entries,
                at_once, each, took.count() * 1e6 / static_cast<double>(entries),
                std::chrono::duration<double, std::milli>(longest).count());
    if (each > static_cast<double>(spool::bytes_of_journal_entry)) fail();
}

void look_up(const std::filesystem::path& directory, std::size_t entries) {
    std::vector<double> took;
    for (std::size_t i = 0; i < questions; ++i) {
        const std::size_t number = i * (entries / questions);
        const auto start = Steady::now();
        spool::JournalFile journal(directory);
        const auto found = journal.with_event_id(id_of(number), 20);
        took.push_back(std::chrono::duration<double, std::milli>(Steady::now() - start).count());
        if (found.events.size() != 1 || found.events[0].outcomes.size() != 1) fail();
    }
    std::ranges::sort(took);
    std::printf("an answer, with the opening: median %.2f ms, the longest %.2f ms\n", took[questions / 2], took.back());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const auto entries = std::size_t{std::strtoull(argv[1], nullptr, 10)};
    const std::filesystem::path directory = argv[3];
    fill(directory / "spool.sqlite", entries, std::size_t{std::strtoull(argv[2], nullptr, 10)});
    look_up(directory, entries);
    return 0;
}
