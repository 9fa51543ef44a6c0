#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::app {

// Processors that a cgroup v2 `cpu.max` allows ("max 100000", "150000 100000" → 1.5); nothing for no limit or for
// text in another form.
std::optional<double> parse_cpu_max(std::string_view text);

// How many threads can really run at once: the affinity mask and the quotas of all the cgroups we are in.
// `hardware_concurrency` ignores a container's quota. At least 1.
unsigned available_cpus();

}  // namespace pinrelay::app
