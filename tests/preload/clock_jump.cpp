// Loaded into a process by LD_PRELOAD, it sets the system's clock wrong, as the process sees it:
//   CLOCK_JUMP_FILE   a file with the seconds by which it is ahead; none, or an empty one: 0
// The clocks that nobody can set go on as usual.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <ctime>

namespace {

long seconds_ahead() {
    const char* file = std::getenv("CLOCK_JUMP_FILE");
    const int descriptor = file == nullptr ? -1 : open(file, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return 0;
    std::array<char, 32> text{};
    const auto length = read(descriptor, text.data(), text.size() - 1);
    close(descriptor);
    return length > 0 ? std::strtol(text.data(), nullptr, 10) : 0;
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
    using Read = int (*)(clockid_t, timespec*);
    static const auto usual = reinterpret_cast<Read>(dlsym(RTLD_NEXT, "clock_gettime"));
    const int result = usual(clock, now);
    if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += seconds_ahead();
    return result;
}
