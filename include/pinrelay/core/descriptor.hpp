#pragma once

#include <unistd.h>

namespace pinrelay {

// Owns a file descriptor and closes it at its end; a failure to close is not reported, so sync what must last. A
// negative number is none: what opened it says why in errno, which this type leaves alone. Not thread-safe.
class Descriptor {
public:
    explicit Descriptor(int number) noexcept : number_(number) {}
    ~Descriptor() {
        if (is_open()) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    bool is_open() const noexcept { return number_ >= 0; }
    int number() const noexcept { return number_; }

private:
    int number_;
};

}  // namespace pinrelay
