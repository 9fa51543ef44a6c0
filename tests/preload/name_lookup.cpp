// Loaded into a process by LD_PRELOAD, it makes one host name unknown until a file exists, as when a resolver is away:
//   NAME_LOOKUP_HOST   the name
//   NAME_LOOKUP_FILE   until there is this file, getaddrinfo answers EAI_AGAIN; then the name is 127.0.0.1
// Every other name is looked up as usual.
#include <dlfcn.h>
#include <netdb.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** result) {
    using Lookup = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto usual = reinterpret_cast<Lookup>(dlsym(RTLD_NEXT, "getaddrinfo"));
    const char* host = std::getenv("NAME_LOOKUP_HOST");
    const char* file = std::getenv("NAME_LOOKUP_FILE");
    if (node == nullptr || host == nullptr || file == nullptr || std::string_view(node) != host)
        return usual(node, service, hints, result);
    if (access(file, F_OK) != 0) return EAI_AGAIN;
    return usual("127.0.0.1", service, hints, result);
}
