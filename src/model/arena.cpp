#include "pinrelay/model/arena.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace pinrelay::model {

// Only what is in use is overwritten: mostly a part of the first memory.
Arena::~Arena() {
    std::byte* end = next_;
    while (last_ != nullptr) {
        Block* const block = last_;
        last_ = block->earlier;
        ::explicit_bzero(block + 1, static_cast<std::size_t>(end - reinterpret_cast<std::byte*>(block + 1)));
        ::operator delete(block);
        end = last_ == nullptr ? end_of_first_ : last_->end;
    }
    ::explicit_bzero(first_, static_cast<std::size_t>(end - first_));
}

// Each block is twice as large as the one before. What begins it is aligned for any type.
void* Arena::place_in_block(std::size_t bytes) {
    static_assert(sizeof(Block) % alignof(std::max_align_t) == 0);
    const std::byte* const earlier = last_ == nullptr ? first_ : reinterpret_cast<std::byte*>(last_ + 1);
    const std::size_t size = std::max(2 * static_cast<std::size_t>(end_ - earlier), bytes);
    Block* const block = new (::operator new(sizeof(Block) + size)) Block{last_, nullptr};
    size_ += sizeof(Block) + size;
    (last_ == nullptr ? end_of_first_ : last_->end) = next_;
    last_ = block;
    next_ = reinterpret_cast<std::byte*>(block + 1);
    end_ = block->end = next_ + size;
    next_ += bytes;
    return next_ - bytes;
}

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
