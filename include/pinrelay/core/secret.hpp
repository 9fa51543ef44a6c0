#pragma once

#include <string>
#include <utility>

namespace pinrelay {

// Text that must not be printed: an access token, a shared key. There is no way to stream, format or compare it
// by accident; `reveal` is the one door, so that a search for it finds every use.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}

    const std::string& reveal() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

private:
    std::string text_;
};

}  // namespace pinrelay
