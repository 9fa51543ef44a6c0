#pragma once

#include <memory>
#include <string>

namespace pinrelay {

// Overwrites the bytes of a text that held a secret, and empties the text.
void wipe(std::string& text) noexcept;

// Text that must not be printed: an access token, a shared key. No operator prints or compares a Secret by accident:
// only `reveal` gives the text, so a search for that name finds every use. Copies share one text. The last copy
// overwrites the text when it is destroyed. Immutable, so safe to use from any thread.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text);

    // The text. The reference is valid as long as this object or a copy of it exists.
    const std::string& reveal() const noexcept;
    bool empty() const noexcept { return reveal().empty(); }

private:
    std::shared_ptr<const std::string> text_;
};

}  // namespace pinrelay
