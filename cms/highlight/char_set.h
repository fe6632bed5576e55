// A set of bytes, made when the program is compiled.
//
// Bytes from 0x80 on stand for the letters beyond ASCII that they are part of: kHigh.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stet::highlight {

class CharSet {
 public:
  constexpr CharSet() = default;
  consteval explicit CharSet(const char* bytes) {
    for (; *bytes != '\0'; ++bytes) add(*bytes);
  }

  // For what is known only when the program runs.
  static constexpr CharSet of(std::string_view bytes) {
    CharSet set;
    for (const char c : bytes) set.add(c);
    return set;
  }
  static constexpr CharSet range(int first, int last) {
    CharSet set;
    for (int c = first; c <= last; ++c) set.add(static_cast<char>(c));
    return set;
  }

  constexpr bool has(char c) const {
    const auto byte = static_cast<std::uint8_t>(c);
    return (bits_[byte / 64] >> (byte % 64) & 1) != 0;
  }

  constexpr CharSet operator|(const CharSet& other) const {
    CharSet set = *this;
    for (std::size_t i = 0; i < bits_.size(); ++i) set.bits_[i] |= other.bits_[i];
    return set;
  }
  consteval CharSet operator|(const char* bytes) const { return *this | CharSet(bytes); }
  constexpr CharSet operator~() const {
    CharSet set;
    for (std::size_t i = 0; i < bits_.size(); ++i) set.bits_[i] = ~bits_[i];
    return set;
  }

 private:
  constexpr void add(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    bits_[byte / 64] |= std::uint64_t{1} << (byte % 64);
  }

  std::array<std::uint64_t, 4> bits_ = {};
};

inline constexpr CharSet kDigits = CharSet::range('0', '9');
inline constexpr CharSet kLower = CharSet::range('a', 'z');
inline constexpr CharSet kUpper = CharSet::range('A', 'Z');
inline constexpr CharSet kLetters = kLower | kUpper;
inline constexpr CharSet kWord = kLetters | kDigits | "_";
inline constexpr CharSet kHigh = CharSet::range(0x80, 0xff);
inline constexpr CharSet kHexDigits = kDigits | "abcdefABCDEF";
inline constexpr CharSet kOctalDigits = CharSet("01234567");
inline constexpr CharSet kBlank{" \t"};
inline constexpr CharSet kSpace{" \t\r\n\f\v"};
inline constexpr CharSet kLineFeed{"\n"};

}  // namespace stet::highlight
