#include "api/git/pkt_line.h"

#include <algorithm>

namespace stet::git {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::string_view kDigits = "0123456789abcdef";

std::optional<std::size_t> length_of(std::string_view digits) {
  std::size_t length = 0;
  for (char c : digits) {
    char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    std::size_t value = kDigits.find(lower);
    if (value == std::string_view::npos) return std::nullopt;
    length = length * 16 + value;
  }
  return length;
}

}  // namespace

std::string pkt_line(std::string_view text) {
  text = text.substr(0, kPktLineBytesMax);
  std::size_t length = text.size() + kLengthBytes;
  std::string line;
  for (int shift = 12; shift >= 0; shift -= 4) line += kDigits[length >> shift & 15];
  return line.append(text);
}

PktStep next_pkt(std::string_view bytes) {
  using Kind = PktStep::Kind;
  auto length = length_of(bytes.substr(0, std::min(bytes.size(), kLengthBytes)));
  if (!length) return {.kind = Kind::kMalformed};
  if (bytes.size() < kLengthBytes) return {.kind = Kind::kMore};
  if (*length == 0) return {.kind = Kind::kFlush, .consumed = kLengthBytes};
  if (*length < kLengthBytes || *length > kPktLineBytesMax + kLengthBytes) {
    return {.kind = Kind::kMalformed};
  }
  if (bytes.size() < *length) return {.kind = Kind::kMore};
  std::string_view text = bytes.substr(kLengthBytes, *length - kLengthBytes);
  if (text.ends_with('\n')) text.remove_suffix(1);
  return {.kind = Kind::kLine, .consumed = *length, .text = text};
}

}  // namespace stet::git
