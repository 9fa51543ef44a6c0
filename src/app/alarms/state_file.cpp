#include "state_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "pinrelay/core/descriptor.hpp"

namespace pinrelay::app {
namespace {

int write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

}  // namespace

int replace_file(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::path draft = file;
    draft += ".new";
    ::unlink(draft.c_str());  // of a process that ended in the middle
    {
        const Descriptor opened(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
        if (!opened.is_open()) return errno;
        if (const int error = write_all(opened.number(), text); error != 0) return error;
        if (::fsync(opened.number()) != 0) return errno;
    }
    return ::rename(draft.c_str(), file.c_str()) == 0 ? 0 : errno;
}

}  // namespace pinrelay::app
