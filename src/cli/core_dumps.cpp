#include "core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace pinrelay::cli {

void forbid_core_dumps() noexcept {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    // A program that the kernel pipes dumps to, such as systemd-coredump, gets them whatever that limit is.
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace pinrelay::cli
