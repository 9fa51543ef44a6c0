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

// Gives memory back overwritten, to `Memory<T>`, of which all objects are equal.
template <class T, template <class> class Memory = std::allocator>
struct WipingAllocator {
    using value_type = T;
    template <class U>
    struct rebind {
        using other = WipingAllocator<U, Memory>;
    };

    WipingAllocator() = default;
    template <class U>
    WipingAllocator(const WipingAllocator<U, Memory>&) noexcept {}

    T* allocate(std::size_t count) { return Memory<T>().allocate(count); }
    void deallocate(T* memory, std::size_t count) noexcept {
        wipe(memory, count * sizeof(T));
        Memory<T>().deallocate(memory, count);
    }
    friend bool operator==(const WipingAllocator&, const WipingAllocator&) noexcept { return true; }
};

}  // namespace pinrelay::http
