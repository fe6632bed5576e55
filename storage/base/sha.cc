#include "storage/base/sha.h"

// As sha1.cc has it.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <new>

namespace stet {
namespace {

const unsigned char* begin_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

template <typename Context>
Context& context_in(std::array<std::uint8_t, 256>& state) {
  static_assert(sizeof(Context) <= sizeof state && alignof(Context) <= 16);
  return *std::launder(reinterpret_cast<Context*>(state.data()));
}

unsigned char* end_of(std::string& digest) {
  return reinterpret_cast<unsigned char*>(digest.data());
}

}  // namespace

Sha2::Sha2(Kind kind) : kind_(kind) {
  if (kind_ == Kind::k256) {
    SHA256_Init(new (state_.data()) SHA256_CTX);
  } else {
    SHA512_Init(new (state_.data()) SHA512_CTX);
  }
}

Sha2& Sha2::add(std::string_view bytes) {
  if (kind_ == Kind::k256) {
    SHA256_Update(&context_in<SHA256_CTX>(state_), bytes.data(), bytes.size());
  } else {
    SHA512_Update(&context_in<SHA512_CTX>(state_), bytes.data(), bytes.size());
  }
  return *this;
}

std::string Sha2::finish() {
  std::string digest(kind_ == Kind::k256 ? SHA256_DIGEST_LENGTH : SHA512_DIGEST_LENGTH, '\0');
  if (kind_ == Kind::k256) {
    SHA256_Final(end_of(digest), &context_in<SHA256_CTX>(state_));
  } else {
    SHA512_Final(end_of(digest), &context_in<SHA512_CTX>(state_));
  }
  return digest;
}

std::string sha256_bytes(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(begin_of(bytes), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string sha512_bytes(std::string_view bytes) {
  std::string digest(SHA512_DIGEST_LENGTH, '\0');
  SHA512(begin_of(bytes), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

}  // namespace stet
