// Somebody else's public key, and whether a signature is its owner's: RSA, P-256 and Ed25519, by
// OpenSSL.
//
// Threads: a value; verifies() from any thread. Limits: RSA of 2048 to 8192 bits, for smaller ones
// are weak and larger ones cost too much.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "storage/base/result.h"

struct evp_pkey_st;

namespace stet {

// As RFC 7518 3.1 and RFC 8037 name them: RS256, PS256, ES256, EdDSA.
enum class SignatureKind : std::uint8_t { kRsaPkcs1, kRsaPss, kP256, kEd25519 };

class PublicKey {
 public:
  // Numbers of any length with the highest byte first, as RFC 7518 6 has them. kInvalidInput.
  static Result<PublicKey> rsa(std::string_view modulus, std::string_view exponent);
  static Result<PublicKey> p256(std::string_view x, std::string_view y);
  static Result<PublicKey> ed25519(std::string_view bytes);

  bool is_for(SignatureKind kind) const;
  // False where the key is not for that kind. SHA-256 but for Ed25519; of P-256 the signature is
  // 64 bytes, r and s.
  bool verifies(SignatureKind kind, std::string_view message, std::string_view signature) const;

 private:
  explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  static Result<PublicKey> make(const char* type, void* builder);

  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace stet
