#include "api/http/chunked_body.h"

#include <algorithm>

namespace stet::http {
namespace {

constexpr unsigned kDigitsMax = 16;  // what 64 bits hold

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7f) || c == '\t';
}

}  // namespace

ChunkedBody::Step ChunkedBody::feed(std::string_view bytes, std::uint64_t body_bytes_max) {
  std::size_t taken = 0;
  while (taken < bytes.size() && at_ != At::kDone) {
    if (at_ == At::kData) {
      const std::string_view piece =
          bytes.substr(taken, std::min<std::uint64_t>(chunk_bytes_, bytes.size() - taken));
      chunk_bytes_ -= piece.size();
      if (chunk_bytes_ == 0) at_ = At::kDataEnd;
      return {Found::kPiece, taken + piece.size(), piece};
    }
    if (++line_bytes_ > line_bytes_max_) return {Found::kTooLong, taken};
    if (!take(bytes[taken++])) return {Found::kMalformed, taken};
    if (at_ == At::kData) {
      if (chunk_bytes_ > body_bytes_max - body_bytes_) return {Found::kTooLarge, taken};
      body_bytes_ += chunk_bytes_;
    }
  }
  return {at_ == At::kDone ? Found::kEnd : Found::kMore, taken};
}

bool ChunkedBody::take(char c) {
  switch (at_) {
    case At::kSize:
    case At::kBlank:
    case At::kExtension: return take_size(c);
    case At::kSizeEnd:
      return c == '\n' && end_line(chunk_bytes_ > 0 ? At::kData : At::kTrailerStart);
    case At::kDataEnd: at_ = At::kDataLineEnd; return c == '\r';
    case At::kDataLineEnd: return c == '\n' && end_line(At::kSize);
    case At::kTrailerStart:
    case At::kTrailer: return take_trailer(c);
    case At::kTrailerEnd: at_ = At::kTrailerStart; return c == '\n';
    case At::kBodyEnd: at_ = At::kDone; return c == '\n';
    case At::kData:
    case At::kDone: break;
  }
  return false;
}

bool ChunkedBody::end_line(At next) {
  at_ = next;
  line_bytes_ = 0;
  if (next == At::kSize) {
    digits_ = 0;
    chunk_bytes_ = 0;
  }
  return true;
}

bool ChunkedBody::take_size(char c) {
  if (at_ == At::kExtension) {
    if (c == '\r') at_ = At::kSizeEnd;
    return c == '\r' || is_text(c);
  }
  if (const int digit = hex_digit(c); digit >= 0 && at_ == At::kSize) {
    chunk_bytes_ = chunk_bytes_ * 16 + static_cast<unsigned>(digit);
    return ++digits_ <= kDigitsMax;
  }
  if (digits_ == 0) return false;
  if (c == ';')
    at_ = At::kExtension;
  else if (c == '\r' && at_ == At::kSize)
    at_ = At::kSizeEnd;
  else if (c == ' ' || c == '\t')
    at_ = At::kBlank;
  else
    return false;
  return true;
}

bool ChunkedBody::take_trailer(char c) {
  if (at_ == At::kTrailerStart) {
    has_colon_ = false;
    if (c == '\r') {
      at_ = At::kBodyEnd;
      return true;
    }
    at_ = At::kTrailer;
    return is_text(c) && c != ' ' && c != '\t' && c != ':';
  }
  if (c == '\r') {
    at_ = At::kTrailerEnd;
    return has_colon_;
  }
  if (c == ':') has_colon_ = true;
  return is_text(c);
}

}  // namespace stet::http
