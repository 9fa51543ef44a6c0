#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>

namespace pinrelay::model {

// Memory for what one request is read into and what is made of it: texts, lists, trees. All of it lives as long as the
// arena, and none of it is freed before. The memory is overwritten at the end, since it holds people's data. Not
// thread-safe; lend it. It is large: have it on the stack of a function, not in a coroutine.
class Arena {
public:
    Arena() noexcept = default;
    ~Arena();
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    // Room for that many, not initialised. Nothing is ever destroyed in an arena. Throws std::bad_alloc only.
    template <class T>
    std::span<T> room(std::size_t count) {
        static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
        return {static_cast<T*>(place(count * sizeof(T), alignof(T))), count};
    }

    // Bytes of the memory beyond what every arena begins with.
    std::size_t size() const noexcept { return size_; }

    std::string_view copy(std::string_view text);
    std::string_view joined(std::initializer_list<std::string_view> parts);

    template <class T>
    std::span<const T> copy(std::span<const T> list) {
        if (list.empty()) return {};
        const std::span<T> kept = room<T>(list.size());
        std::uninitialized_copy(list.begin(), list.end(), kept.begin());
        return kept;
    }

private:
    // Further memory, with what follows it.
    struct Block {
        Block* earlier;
        std::byte* end;
    };

    void* place(std::size_t bytes, std::size_t align) {
        const auto at = (reinterpret_cast<std::uintptr_t>(next_) + align - 1) & ~(std::uintptr_t{align} - 1);
        const auto end = reinterpret_cast<std::uintptr_t>(end_);
        if (at > end || bytes > end - at) return place_in_block(bytes);
        next_ = reinterpret_cast<std::byte*>(at + bytes);
        return next_ - bytes;
    }
    void* place_in_block(std::size_t bytes);

    static constexpr std::size_t first_size = std::size_t{8} * 1024;  // a usual event needs no more

    alignas(std::max_align_t) std::byte first_[first_size];
    std::byte* next_ = first_;                       // what is before it, is in use
    std::byte* end_ = first_ + first_size;           // of the memory at next_
    std::byte* end_of_first_ = first_ + first_size;  // of what is in use in first_, once there is a block
    Block* last_ = nullptr;
    std::size_t size_ = 0;
};

// A list that grows in an arena, which outlives it. Each growth leaves the old place unused.
template <class T>
class GrowingList {
public:
    explicit GrowingList(Arena& arena) noexcept : arena_(&arena) {}

    void reserve(std::size_t count) {
        if (count > room_.size()) grow(count);
    }
    T& push_back(const T& value) {
        if (size_ == room_.size()) grow(size_ == 0 ? first_size : 2 * size_);
        return *std::construct_at(room_.data() + size_++, value);
    }
    std::size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }
    T& back() noexcept { return room_[size_ - 1]; }
    T* begin() noexcept { return room_.data(); }
    T* end() noexcept { return room_.data() + size_; }
    T& operator[](std::size_t at) noexcept { return room_[at]; }

    // What was added so far. Valid as long as the arena; a later push_back does not change it, but a change through the
    // list's own references may.
    std::span<const T> span() const noexcept { return room_.first(size_); }

private:
    static constexpr std::size_t first_size = 4;

    void grow(std::size_t count) {
        const std::span<T> more = arena_->room<T>(count);
        std::uninitialized_copy_n(room_.data(), size_, more.data());
        room_ = more;
    }

    Arena* arena_;
    std::span<T> room_;
    std::size_t size_ = 0;
};

}  // namespace pinrelay::model
