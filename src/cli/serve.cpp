#include <malloc.h>
#include <pthread.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <vector>

#include "commands.hpp"
#include "load.hpp"
#include "pinrelay/app/application.hpp"
#include "pinrelay/app/check.hpp"
#include "pinrelay/app/stderr_logger.hpp"

namespace pinrelay::cli {
namespace {

// Blocked before the first thread starts, so that every thread inherits it and only sigwait takes them.
sigset_t block_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    // A closed pipe or a file at its size limit is an error of the call that meets it, not the end of the process.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    return set;
}

// Each connection is a descriptor; the usual soft limit of 1,024 is below the default of collect.max_connections.
void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

// Each batch takes some texts of a megabyte or two, and each commit a few hundred kilobytes. By itself glibc gives such
// memory back and fetches it again each time: half of the system's time on the control thread.
void keep_memory_of_batches() {
    constexpr int largest_from_heap = 4 * 1024 * 1024;
    constexpr int kept_of_each_heap = 8 * 1024 * 1024;
    // NOLINTBEGIN(concurrency-mt-unsafe): no thread runs yet
    mallopt(M_MMAP_THRESHOLD, largest_from_heap);
    mallopt(M_TRIM_THRESHOLD, kept_of_each_heap);
    // NOLINTEND(concurrency-mt-unsafe)
}

// As `check` prints them, one a line.
int refuse_to_start(const std::vector<config::Problem>& problems) {
    for (const auto& problem : problems) std::fprintf(stderr, "pinrelay: cannot start: %s\n", problem.text().c_str());
    return could_not_start;
}

}  // namespace

int serve(const Options& options) {
    const sigset_t signals = block_signals();
    raise_descriptor_limit();
    keep_memory_of_batches();
    auto loaded = load_checked(options);
    if (!loaded.problems.empty()) return refuse_to_start(loaded.problems);

    const auto logger = app::make_stderr_logger(app::log_options(loaded.config));
    app::log_warnings(loaded.warnings, *logger);
    const auto relay = app::start(
        std::move(loaded.config), [&options] { return load_checked(options); }, *logger);
    int received = SIGHUP;
    while (received == SIGHUP)
        if (sigwait(&signals, &received) == 0 && received == SIGHUP) relay->reload();
    relay->stop();
    relay->wait();
    return 0;
}

}  // namespace pinrelay::cli
