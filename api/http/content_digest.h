// Content-Digest and Want-Content-Digest (RFC 9530): hashes of what travels, by sha-256 and
// sha-512. Pure functions. Threads: any. Input may be anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/base/byte_source.h"

namespace stet::http {

enum class DigestCheck {
  kRight,      // or nothing that we can check: other algorithms are passed over
  kWrong,      // the bytes are others
  kMalformed,  // no dictionary of byte sequences (RFC 8941)
};

// `field`: all values of Content-Digest, joined by commas; "" where there is none.
DigestCheck check_digest(std::string_view field, std::string_view content);

// The same of a content that is not in memory; an error is the source's.
Result<DigestCheck> check_digest(std::string_view field, const ByteSource& content);

// The value of Content-Digest for who sent this Want-Content-Digest; none where it wants none of
// ours.
std::optional<std::string> wanted_digest(std::string_view field, std::string_view content);

}  // namespace stet::http
