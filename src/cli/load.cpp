#include "load.hpp"

#include "pinrelay/app/check.hpp"

namespace pinrelay::cli {

config::Loaded load_checked(const Options& options) {
    auto loaded = config::load(options.file, config::process_environment());
    app::check(loaded);
    return loaded;
}

}  // namespace pinrelay::cli
