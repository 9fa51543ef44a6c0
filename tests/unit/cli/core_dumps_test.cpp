#include "cli/core_dumps.hpp"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdlib>

namespace pinrelay::cli {
namespace {

bool can_dump() {
    rlimit limit{};
    getrlimit(RLIMIT_CORE, &limit);
    return limit.rlim_max != 0 || prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0;
}

// In a process of its own, since there is no way back.
[[noreturn]] void forbid_and_exit() {
    forbid_core_dumps();
    std::_Exit(can_dump() ? EXIT_FAILURE : EXIT_SUCCESS);
}

TEST(CoreDumps, AreForbiddenByTheLimitAndToThePrograms) {
    EXPECT_EXIT(forbid_and_exit(), testing::ExitedWithCode(EXIT_SUCCESS), "");
}

}  // namespace
}  // namespace pinrelay::cli
