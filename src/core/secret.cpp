#include "pinrelay/core/secret.hpp"

#include <cstring>
#include <utility>

namespace pinrelay {
namespace {

struct WipeAndDelete {
    void operator()(std::string* text) const noexcept {
        wipe(*text);
        delete text;
    }
};

}  // namespace

void wipe(std::string& text) noexcept {
    explicit_bzero(text.data(), text.size());
    text.clear();
}

Secret::Secret(std::string text) : text_(new std::string(text), WipeAndDelete{}) { wipe(text); }

const std::string& Secret::reveal() const noexcept {
    static const std::string none;
    return text_ ? *text_ : none;
}

}  // namespace pinrelay
