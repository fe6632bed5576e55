#include "storage/base/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <sodium.h>

namespace stet {
namespace {

template <std::size_t Size>
Digest<Size> blake2b(std::string_view bytes) {
  Digest<Size> digest;
  crypto_generichash(digest.bytes.data(),
                     Size,
                     reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(),
                     nullptr,
                     0);
  return digest;
}

crypto_generichash_state* state_of(std::array<std::uint8_t, 384>& bytes) {
  static_assert(sizeof(crypto_generichash_state) <= 384);
  return reinterpret_cast<crypto_generichash_state*>(bytes.data());
}

}  // namespace

ContentHash content_hash(std::string_view bytes) { return blake2b<32>(bytes); }
Fingerprint fingerprint(std::string_view bytes) { return blake2b<16>(bytes); }

Fingerprinter::Fingerprinter() { crypto_generichash_init(state_of(state_), nullptr, 0, 16); }

void Fingerprinter::update(const void* data, std::size_t size) {
  crypto_generichash_update(state_of(state_), static_cast<const unsigned char*>(data), size);
}

Fingerprinter& Fingerprinter::add(std::string_view part) {
  add(static_cast<std::uint64_t>(part.size()));
  update(part.data(), part.size());
  return *this;
}

Fingerprinter& Fingerprinter::add(std::uint64_t number) {
  update(&number, sizeof number);
  return *this;
}

Fingerprinter& Fingerprinter::add(const Fingerprint& part) {
  update(part.bytes.data(), part.bytes.size());
  return *this;
}

Fingerprint Fingerprinter::finish() {
  Fingerprint digest;
  crypto_generichash_final(state_of(state_), digest.bytes.data(), digest.bytes.size());
  return digest;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  return encode_hex(digest);
}

std::array<std::uint8_t, 32> hmac_sha256(std::string_view key, std::string_view bytes) {
  std::array<std::uint8_t, 32> digest{};
  unsigned int size = digest.size();
  HMAC(EVP_sha256(),
       key.data(),
       static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(bytes.data()),
       bytes.size(),
       digest.data(),
       &size);
  return digest;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace stet
