#include "storage/base/sha1.h"

// OpenSSL 3 would have us ask its providers, for which it reads its configuration first: a
// millisecond before the first of a thousand hashes that take two.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <new>

namespace stet {
namespace {

SHA_CTX& context_in(std::array<std::uint8_t, 128>& state) {
  static_assert(sizeof(SHA_CTX) <= sizeof state && alignof(SHA_CTX) <= 16);
  return *std::launder(reinterpret_cast<SHA_CTX*>(state.data()));
}

}  // namespace

Sha1::Sha1() { SHA1_Init(new (state_.data()) SHA_CTX); }

Sha1& Sha1::add(std::string_view bytes) {
  SHA1_Update(&context_in(state_), bytes.data(), bytes.size());
  return *this;
}

Digest<20> Sha1::finish() {
  Digest<20> digest;
  SHA1_Final(digest.bytes.data(), &context_in(state_));
  return digest;
}

Digest<20> sha1(std::string_view head, std::string_view body) {
  return Sha1().add(head).add(body).finish();
}

}  // namespace stet
