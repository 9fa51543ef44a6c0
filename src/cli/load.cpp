#include "load.hpp"

#include "pinrelay/app/check.hpp"

namespace pinrelay::cli {

config::Loaded load_checked(const Options& options) {
    auto loaded = config::load(options.file, config::process_environment());
    if (!loaded.problems.empty()) return loaded;  // the modules would only say some of it again
    const std::string where = options.file ? options.file->string() : "environment";
    for (auto& problem : app::check(loaded.config, where)) loaded.problems.push_back(std::move(problem));
    return loaded;
}

}  // namespace pinrelay::cli
