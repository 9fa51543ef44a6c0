#pragma once

#include <memory>
#include <string>

namespace pinrelay {

// Overwrites a text that held a secret; it is empty afterwards.
void wipe(std::string& text) noexcept;

// Text that must not be printed: an access token, a shared key. There is no way to stream, format or compare it
// by accident; `reveal` is the one door, so that a search for it finds every use. Copies share one text, which is
// overwritten when the last of them goes. Immutable, so safe on any thread.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text);

    // Lives as long as the secret.
    const std::string& reveal() const noexcept;
    bool empty() const noexcept { return reveal().empty(); }

private:
    std::shared_ptr<const std::string> text_;
};

}  // namespace pinrelay
