// git's framing of its protocols: four hexadecimal digits of length, then that many bytes less four
// (gitprotocol-common(5)). "0000" is a flush.
//
// Threads: pure functions. Limits: a line has at most kPktLineBytesMax bytes, as git's have.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stet::git {

inline constexpr std::size_t kPktLineBytesMax = 65516;

inline constexpr std::string_view kFlush = "0000";

// kPktLineBytesMax is kept by cutting.
std::string pkt_line(std::string_view text);

struct PktStep {
  enum class Kind { kLine, kFlush, kMore, kMalformed };
  Kind kind = Kind::kMore;
  std::size_t consumed = 0;
  std::string_view text = {};  // kLine: without one newline at its end
};

// The first line of `bytes`. kMore: it is not whole yet. A delimiter or an end of response, which
// hooks are never sent, is kMalformed.
PktStep next_pkt(std::string_view bytes);

}  // namespace stet::git
