#include "count_allocations.hpp"

#include <atomic>
#include <cstddef>

namespace {

std::atomic<std::uint64_t> counted{0};

}  // namespace

// glibc's own, which the counting ones stand in front of: C libraries allocate as well.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* place, std::size_t size);

void* malloc(std::size_t size) {
    counted.fetch_add(1, std::memory_order_relaxed);
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
    counted.fetch_add(1, std::memory_order_relaxed);
    return __libc_calloc(count, size);
}
void* realloc(void* place, std::size_t size) {
    counted.fetch_add(1, std::memory_order_relaxed);
    return __libc_realloc(place, size);
}
}

namespace pinrelay::test {

std::uint64_t allocations() noexcept { return counted.load(std::memory_order_relaxed); }

}  // namespace pinrelay::test
