// Memory for a tree that is built once, read by many and freed as a whole.
//
// Threads: one builds; afterwards all may read. Ownership: what make() returns lives as long as the
// arena; destructors run, in reverse order, for the types that have one.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace stet::liquid {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() {
    while (!ends_.empty()) {
      ends_.back().destroy(ends_.back().objects, ends_.back().count);
      ends_.pop_back();
    }
  }

  template <typename T, typename... Arguments>
  T* make(Arguments&&... arguments) {
    T* object =
        new (bytes_.allocate(sizeof(T), alignof(T))) T{std::forward<Arguments>(arguments)...};
    remember(object, 1);
    return object;
  }

  // The items, moved to where they stay.
  template <typename T>
  std::span<const T> keep(std::vector<T>&& items) {
    if (items.empty()) return {};
    T* kept = static_cast<T*>(bytes_.allocate(items.size() * sizeof(T), alignof(T)));
    std::uninitialized_move(items.begin(), items.end(), kept);
    remember(kept, items.size());
    return {kept, items.size()};
  }

  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    char* kept = static_cast<char*>(bytes_.allocate(text.size(), 1));
    std::memcpy(kept, text.data(), text.size());
    return {kept, text.size()};
  }

 private:
  struct End {
    void (*destroy)(void* objects, std::size_t count);
    void* objects;
    std::size_t count;
  };

  template <typename T>
  void remember(T* objects, std::size_t count) {
    if constexpr (!std::is_trivially_destructible_v<T>) {
      ends_.push_back(
          {[](void* first, std::size_t n) { std::destroy_n(static_cast<T*>(first), n); },
           objects,
           count});
    }
  }

  std::pmr::monotonic_buffer_resource bytes_{4096};
  std::vector<End> ends_;
};

}  // namespace stet::liquid
