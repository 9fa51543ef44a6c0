#include "cpu_quota.hpp"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace pinrelay::app {
namespace {

constexpr std::string_view cgroup_root = "/sys/fs/cgroup";

std::string first_line(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

// Our own cgroup's path below the root: the line "0::/path" of /proc/self/cgroup.
std::filesystem::path own_cgroup() {
    std::ifstream file("/proc/self/cgroup");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("0::/")) return line.substr(4);
    return {};
}

// The tightest quota from our cgroup up to the root.
std::optional<double> cgroup_quota() {
    std::optional<double> tightest;
    std::filesystem::path path = own_cgroup();
    while (true) {
        const auto quota = parse_cpu_max(first_line(std::filesystem::path(cgroup_root) / path / "cpu.max"));
        if (quota && (!tightest || *quota < *tightest)) tightest = quota;
        if (path.empty() || path == path.parent_path()) return tightest;
        path = path.parent_path();
    }
}

unsigned affinity() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<unsigned>(CPU_COUNT(&set));
    return std::thread::hardware_concurrency();
}

}  // namespace

std::optional<double> parse_cpu_max(std::string_view text) {
    std::istringstream words{std::string(text)};
    double quota = 0;
    double period = 0;
    if (!(words >> quota >> period) || quota <= 0 || period <= 0) return std::nullopt;
    return quota / period;
}

unsigned available_cpus() {
    const unsigned cpus = std::max(1U, affinity());
    const auto quota = cgroup_quota();
    if (!quota) return cpus;
    return std::clamp(static_cast<unsigned>(std::ceil(*quota)), 1U, cpus);
}

}  // namespace pinrelay::app
