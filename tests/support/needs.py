"""What a test needs beyond ./test's own packages. Without it the test is skipped, and says by name what it lacks."""
import shutil
import sys

SKIPPED = 77  # SKIP_RETURN_CODE in cmake/tests.cmake


def commands(*names):
    """Ends the test where a command is missing."""
    missing = [name for name in names if shutil.which(name) is None]
    if missing:
        give_up(f"{' and '.join(missing)} not found")


def give_up(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)
