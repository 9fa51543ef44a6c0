// The SQLite spool alone, on the disk of the temporary directory (TMPDIR): rows of about 1 kB, each append waited for.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "pinrelay/spool/sqlite.hpp"

namespace {

using namespace pinrelay;

class NoLog final : public Logger {
public:
    bool enabled(LogLevel) const noexcept override { return false; }
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

class Bench {
public:
    explicit Bench(std::chrono::hours window = {}) {
        options.duplicates.window = window;
        std::string name = (std::filesystem::temp_directory_path() / "spool-bench-XXXXXX").string();
        options.directory = ::mkdtemp(name.data());
        open();
    }
    ~Bench() {
        spool.reset();
        std::filesystem::remove_all(options.directory);
    }

    void open() {
        spool.reset();
        spool = spool::open_sqlite_spool(options, system_now, log);
    }

    // `appends` calls of `records` each, all waiting at the same time, as requests of many connections do.
    void append(std::int64_t appends, std::int64_t records) {
        expect(appends);
        for (std::int64_t i = 0; i < appends; ++i) {
            std::vector<spool::Arrival> batch(static_cast<std::size_t>(records), {.record = one(), .subject = 1});
            for (auto& arrival : batch) arrival.record.event_id += std::to_string(++events_);
            spool->append(std::move(batch), [this](Result<void>) { arrived(); });
        }
        wait();
    }

    std::vector<model::StoredRecord> lease(std::size_t most, Time now = system_now()) {
        spool::LeaseRequest request;
        request.destination = "pinterest:549755885175";
        request.max_records = most;
        request.max_bytes = 100'000'000;
        request.now = now;
        request.fresh_since = now - std::chrono::hours(1);
        std::vector<model::StoredRecord> records;
        expect(1);
        spool->lease(std::move(request), [this, &records](Result<std::vector<model::StoredRecord>> leased) {
            if (leased) records = std::move(*leased);
            arrived();
        });
        wait();
        return records;
    }

    void settle(const std::vector<model::StoredRecord>& records, spool::Settlement::Fate fate, Time not_before = {}) {
        std::vector<spool::Settlement> settlements;
        for (const auto& each : records) settlements.push_back({each.id, fate, "refused", "", not_before});
        expect(1);
        spool->settle(std::move(settlements), [this](Result<void>) { arrived(); });
        wait();
    }

    static model::Record one() {
        model::Record record;
        record.destination = "pinterest:549755885175";
        record.event_name = record.event_label = "checkout";
        record.event_id = "pin-ORDER-12345-";
        record.event_time = system_now();
        record.body.assign(1000, 'x');
        return record;
    }

    // Appended and delivered, so that nothing is left of them but that they were there.
    void know(std::int64_t keys, std::int64_t at_once = 10'000) {
        for (; keys > 0; keys -= at_once) {
            append(1, at_once);
            settle(lease(static_cast<std::size_t>(at_once)), spool::Settlement::Fate::Delivered);
        }
    }

    spool::SqliteOptions options;
    NoLog log;
    std::unique_ptr<spool::Spool> spool;

private:
    void expect(std::int64_t answers) {
        const std::lock_guard lock(mutex_);
        missing_ = answers;
    }
    void arrived() {
        const std::lock_guard lock(mutex_);
        if (--missing_ == 0) all_.notify_one();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        all_.wait(lock, [this] { return missing_ == 0; });
    }

    std::mutex mutex_;
    std::condition_variable all_;
    std::int64_t missing_ = 0;
    std::int64_t events_ = 0;
};

constexpr std::chrono::hours window{48};

// Of the process, in use.
double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

void append(benchmark::State& state) {
    Bench bench;
    for (auto _ : state) bench.append(state.range(0), 1);
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(append)->Arg(1)->Arg(32)->Arg(100)->Arg(1000)->UseRealTime()->Unit(benchmark::kMicrosecond);

// The same with the duplicate guard, which knows so many events.
void append_guarded(benchmark::State& state) {
    Bench bench(window);
    bench.know(state.range(1));
    for (auto _ : state) bench.append(state.range(0), 1);
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(append_guarded)
    ->ArgsProduct({{1, 32, 100, 1000}, {0, 1'000'000}})
    ->UseRealTime()
    ->Unit(benchmark::kMicrosecond);

// Appended, leased and delivered, 1,000 at a time.
void cycle(benchmark::State& state) {
    Bench bench;
    for (auto _ : state) {
        bench.append(state.range(0), 1000 / state.range(0));
        bench.settle(bench.lease(1000), spool::Settlement::Fate::Delivered);
    }
    state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(cycle)->Arg(1)->Arg(1000)->UseRealTime()->Unit(benchmark::kMicrosecond);

// One record behind so many that are held.
void lease_behind_held(benchmark::State& state) {
    Bench bench;
    bench.append(1, state.range(0));
    bench.lease(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(bench.lease(1));
}
BENCHMARK(lease_behind_held)->Arg(0)->Arg(1000)->Arg(8000)->UseRealTime()->Unit(benchmark::kMicrosecond);

// One record beside so many that wait for their time.
void lease_beside_waiting(benchmark::State& state) {
    Bench bench;
    for (std::int64_t left = state.range(0); left > 0; left -= 10'000) {
        bench.append(1, 10'000);
        bench.settle(bench.lease(10'000), spool::Settlement::Fate::Retry, system_now() + std::chrono::hours(1));
    }
    for (auto _ : state) {
        bench.append(1, 1);
        bench.settle(bench.lease(1), spool::Settlement::Fate::Delivered);
    }
}
BENCHMARK(lease_beside_waiting)->Arg(0)->Arg(1'000'000)->UseRealTime()->Unit(benchmark::kMicrosecond);

void open_with_backlog(benchmark::State& state) {
    Bench bench;
    for (std::int64_t left = state.range(0); left > 0; left -= 10'000) bench.append(1, 10'000);
    for (auto _ : state) bench.open();
}
BENCHMARK(open_with_backlog)->Arg(0)->Arg(1'000'000)->UseRealTime()->Unit(benchmark::kMillisecond)->Iterations(5);

// So many events are known, so many of them from one commit.
void open_with_known(benchmark::State& state) {
    Bench bench(window);
    bench.know(state.range(0), state.range(1));
    bench.spool.reset();
    const double before = resident_bytes();
    for (auto _ : state) bench.open();
    state.counters["resident"] = resident_bytes() - before;
}
BENCHMARK(open_with_known)
    ->Args({0, 1})
    ->Args({100'000, 1})
    ->Args({1'000'000, 10'000})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(3);

}  // namespace

BENCHMARK_MAIN();
