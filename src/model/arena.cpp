#include "pinrelay/model/arena.hpp"

#include <algorithm>
#include <cstring>

namespace pinrelay::model {

void* Arena::Wiping::do_allocate(std::size_t bytes, std::size_t align) {
    void* const memory = std::pmr::new_delete_resource()->allocate(bytes, align);
    size += bytes;
    return memory;
}

void Arena::Wiping::do_deallocate(void* memory, std::size_t bytes, std::size_t align) {
    ::explicit_bzero(memory, bytes);
    std::pmr::new_delete_resource()->deallocate(memory, bytes, align);
}

Arena::~Arena() { ::explicit_bzero(first_, sizeof(first_)); }

std::string_view Arena::copy(std::string_view text) {
    if (text.empty()) return {};
    const std::span<char> kept = room<char>(text.size());
    std::memcpy(kept.data(), text.data(), text.size());
    return {kept.data(), kept.size()};
}

std::string_view Arena::joined(std::initializer_list<std::string_view> parts) {
    std::size_t size = 0;
    for (const std::string_view part : parts) size += part.size();
    const std::span<char> kept = room<char>(size);
    char* end = kept.data();
    for (const std::string_view part : parts) end = std::ranges::copy(part, end).out;
    return {kept.data(), size};
}

}  // namespace pinrelay::model
