"""What a test needs beyond ./test's own packages. Without it the test is skipped by name; under .ci/run, which installs
everything, it fails."""
import os
import shutil
import sys

SKIPPED = 77  # SKIP_RETURN_CODE in cmake/tests.cmake


def commands(*names):
    """Ends the test where a command is missing."""
    missing = [name for name in names if shutil.which(name) is None]
    if missing:
        give_up(f"{' and '.join(missing)} not found")


def give_up(why):
    if os.environ.get("PINRELAY_TESTS_MUST_RUN"):  # set by .ci/run
        sys.exit(f"failed, since nothing may be missing here: {why}")
    print(f"skipped: {why}")
    sys.exit(SKIPPED)
