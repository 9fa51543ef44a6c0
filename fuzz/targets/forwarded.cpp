#include "ingest/visitor/forwarded.hpp"

#include <string>

#include "support/bytes.hpp"
#include "support/require.hpp"

namespace {

using namespace pinrelay;

// What a proxy appends to the line that came to it, whatever stands in that.
void require_the_proxy_is_believed(std::string_view line) {
    const std::string appended = std::string(line) + ", for=\"[2001:db8::7]:4711\";proto=https";
    std::optional<std::string_view> rest = appended;
    const auto hop = ingest::take_last_element(rest);
    fuzz::require(hop.address == boost::asio::ip::make_address("2001:db8::7"), "the proxy's own element is read");
    fuzz::require(rest == line, "all that the proxy did not write is left of it");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line = fuzz::text_of(data, size);
    std::optional<std::string_view> rest = line;
    while (rest) {
        const std::size_t before = rest->size();
        const auto hop = ingest::take_last_element(rest);
        fuzz::require(!hop.empty || !hop.address, "what is empty has no address");
        fuzz::require(!rest || rest->size() < before, "each element makes the line shorter");
        fuzz::require(!rest || line.starts_with(*rest), "it is taken from the right");
    }
    require_the_proxy_is_believed(line);
    return 0;
}
