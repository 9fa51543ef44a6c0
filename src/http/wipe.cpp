#include "pinrelay/http/wipe.hpp"

#include <cstring>

namespace pinrelay::http {
namespace {

void wipe_text(std::string& text) noexcept { wipe(text.data(), text.size()); }

}  // namespace

void wipe(void* memory, std::size_t size) noexcept {
    if (size > 0) ::explicit_bzero(memory, size);  // nothing may be at no address
}

void wipe(Request& request) noexcept {
    wipe_text(request.body);
    wipe_text(request.query);
    wipe_text(request.path);
    for (auto& header : request.headers) wipe_text(header.second);
}

}  // namespace pinrelay::http
