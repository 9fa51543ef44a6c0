#pragma once

#include <cstddef>
#include <memory>

#include "pinrelay/http/message.hpp"

namespace pinrelay::http {

// Overwrites memory that held what a sender wrote, also where the compiler sees that nobody reads it any more.
void wipe(void* memory, std::size_t size) noexcept;

// Overwrites what a person may have written into the request: body, query, path and the values of the headers. Copies
// that were made of them are not reached, nor what a text held before it grew.
void wipe(Request& request) noexcept;

// Overwrites a request at the end of a scope.
class WipedAtEnd {
public:
    explicit WipedAtEnd(Request& request) noexcept : request_(request) {}
    ~WipedAtEnd() { wipe(request_); }
    WipedAtEnd(const WipedAtEnd&) = delete;
    WipedAtEnd& operator=(const WipedAtEnd&) = delete;

private:
    Request& request_;
};

// Gives memory back overwritten.
template <class T>
struct WipingAllocator {
    using value_type = T;

    WipingAllocator() = default;
    template <class U>
    WipingAllocator(const WipingAllocator<U>&) noexcept {}

    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* memory, std::size_t count) noexcept {
        wipe(memory, count * sizeof(T));
        std::allocator<T>().deallocate(memory, count);
    }
    friend bool operator==(const WipingAllocator&, const WipingAllocator&) noexcept { return true; }
};

}  // namespace pinrelay::http
