#include "pinrelay/http/proxy_header.hpp"

#include "support/bytes.hpp"
#include "support/require.hpp"

namespace {

using namespace pinrelay;
using State = http::ProxyHeader::State;

bool is_same(const http::ProxyHeader& one, const http::ProxyHeader& other) {
    return one.state == other.state && one.size == other.size && one.client == other.client;
}

}  // namespace

// What a connection begins with. Read with each further byte, it is decided once and stays so, and no later than a
// proxy header can be long.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text_of(data, size);
    const auto whole = http::read_proxy_header(bytes);
    fuzz::require(whole.state != State::NeedMore || size < http::longest_proxy_header, "no header is longer than one");
    fuzz::require(whole.state != State::Complete || (whole.size > 0 && whole.size <= size), "it ends within the bytes");
    fuzz::require(whole.state == State::Complete || !whole.client, "only a whole header names a client");

    http::ProxyHeader first;
    for (std::size_t length = 0; length <= size && first.state == State::NeedMore; ++length)
        first = http::read_proxy_header(bytes.substr(0, length));
    fuzz::require(is_same(first, whole), "what comes behind a header changes nothing of it");
    return 0;
}
