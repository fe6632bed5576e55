// Values as bytes and back, for files of our own: numbers, texts, arrays, one after another.
//
// The reader is safe on any bytes: reads past the end give zeros and make is_good() false, and
// nothing is allocated that the bytes do not hold. There are no types in the bytes: what was
// written must be read in the same order. Values; one thread at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace stet {

class ByteWriter {
 public:
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  // Eight bytes, little-endian.
  void number(std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) byte(static_cast<std::uint8_t>(value >> shift));
  }
  // One byte for less than 128, two for less than 16,384 ... (LEB128).
  void count(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<std::uint8_t>(value | 0x80));
    byte(static_cast<std::uint8_t>(value));
  }
  // The same, where small ones may be below zero.
  void signed_count(std::int64_t value) {
    count(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
  }
  void raw(std::string_view bytes) { bytes_ += bytes; }
  // With its length before it, as number() or as count() has it.
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  void short_text(std::string_view value) {
    count(value.size());
    bytes_ += value;
  }
  template <std::size_t Size>
  void array(const std::array<std::uint8_t, Size>& value) {
    bytes_.append(reinterpret_cast<const char*>(value.data()), Size);
  }

  std::size_t size() const { return bytes_.size(); }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  bool is_good() const { return is_good_; }
  bool is_done() const { return is_good_ && rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

  std::uint8_t byte() {
    std::string_view taken = take(1);
    return taken.empty() ? 0 : static_cast<std::uint8_t>(taken[0]);
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    int shift = 0;
    for (char c : take(8)) {
      value |= std::uint64_t{static_cast<unsigned char>(c)} << shift;
      shift += 8;
    }
    return value;
  }
  std::uint64_t count() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      std::uint8_t next = byte();
      value |= std::uint64_t{next & 0x7fu} << shift;
      if (next < 0x80) return value;
    }
    is_good_ = false;
    return 0;
  }
  std::int64_t signed_count() {
    std::uint64_t value = count();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
  }
  // How many things follow, each of which takes at least so many bytes; zero, and no longer good,
  // where the rest cannot hold them.
  std::size_t count_of(std::size_t bytes_min_each) {
    std::uint64_t value = count();
    if (value > rest_.size() / bytes_min_each) is_good_ = false;
    return is_good_ ? static_cast<std::size_t>(value) : 0;
  }
  std::string_view text() { return take(number()); }
  std::string_view short_text() { return take(count()); }
  template <std::size_t Size>
  std::array<std::uint8_t, Size> array() {
    std::array<std::uint8_t, Size> value{};
    std::string_view taken = take(Size);
    std::copy(taken.begin(), taken.end(), value.begin());
    return value;
  }

 private:
  std::string_view take(std::uint64_t size) {
    is_good_ = is_good_ && size <= rest_.size();
    if (!is_good_) return {};
    std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
  bool is_good_ = true;
};

}  // namespace stet
