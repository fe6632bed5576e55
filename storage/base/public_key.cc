#include "storage/base/public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <string>

namespace stet {
namespace {

template <auto kFree>
struct Freed {
  template <typename T>
  void operator()(T* handle) const {
    kFree(handle);
  }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

constexpr std::size_t kP256Bytes = 32, kEd25519Bytes = 32;
constexpr int kRsaBitsMin = 2048, kRsaBitsMax = 8192;
constexpr std::size_t kRsaExponentBytesMax = 8;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Number number_of(std::string_view bytes) {
  return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

// From r and s, one behind the other, to what OpenSSL takes; "" where they are none.
std::string der_of(std::string_view signature) {
  if (signature.size() != 2 * kP256Bytes) return "";
  EcdsaSignature pair(ECDSA_SIG_new());
  Number r = number_of(signature.substr(0, kP256Bytes));
  Number s = number_of(signature.substr(kP256Bytes));
  if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return "";
  // They are the pair's now.
  static_cast<void>(r.release());
  static_cast<void>(s.release());
  unsigned char* der = nullptr;
  int size = i2d_ECDSA_SIG(pair.get(), &der);
  if (size <= 0) return "";
  std::string text(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return text;
}

const char* type_of(SignatureKind kind) {
  switch (kind) {
    case SignatureKind::kRsaPkcs1:
    case SignatureKind::kRsaPss: return "RSA";
    case SignatureKind::kP256: return "EC";
    case SignatureKind::kEd25519: return "ED25519";
  }
  return "";
}

}  // namespace

Result<PublicKey> PublicKey::make(const char* type, void* builder) {
  Parameters parameters(OSSL_PARAM_BLD_to_param(static_cast<OSSL_PARAM_BLD*>(builder)));
  KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* made = nullptr;
  bool is_made =
      parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1;
  std::shared_ptr<evp_pkey_st> key(made, EVP_PKEY_free);
  if (!is_made) return invalid_input(std::string("this is no public key of ") + type);
  KeyContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, made, nullptr));
  if (!check || EVP_PKEY_public_check(check.get()) != 1) {
    return invalid_input(std::string("this public key of ") + type + " is not sound");
  }
  return PublicKey(std::move(key));
}

Result<PublicKey> PublicKey::rsa(std::string_view modulus, std::string_view exponent) {
  if (modulus.size() > kRsaBitsMax / 8 + 1 || exponent.size() > kRsaExponentBytesMax) {
    return invalid_input("a key of RSA has at most 8192 bits, and 64 of the exponent");
  }
  Number n = number_of(modulus), e = number_of(exponent);
  Builder builder(OSSL_PARAM_BLD_new());
  bool is_set = n && e && builder &&
                OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
                OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1;
  if (!is_set) return unavailable("there is no memory for a key");
  int bits = BN_num_bits(n.get());
  bool is_sound = bits >= kRsaBitsMin && bits <= kRsaBitsMax && BN_is_odd(n.get()) &&
                  BN_is_odd(e.get()) && BN_num_bits(e.get()) > 1;
  if (!is_sound) return invalid_input("a key of RSA has 2048 to 8192 bits, and an odd exponent");
  return make("RSA", builder.get());
}

Result<PublicKey> PublicKey::p256(std::string_view x, std::string_view y) {
  if (x.size() != kP256Bytes || y.size() != kP256Bytes) {
    return invalid_input("a point of P-256 has 32 bytes for each of its numbers");
  }
  std::string point = "\x04" + std::string(x) + std::string(y);
  Builder builder(OSSL_PARAM_BLD_new());
  bool is_set = builder &&
                OSSL_PARAM_BLD_push_utf8_string(
                    builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
                OSSL_PARAM_BLD_push_octet_string(
                    builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1;
  if (!is_set) return unavailable("there is no memory for a key");
  return make("EC", builder.get());
}

Result<PublicKey> PublicKey::ed25519(std::string_view bytes) {
  if (bytes.size() != kEd25519Bytes) return invalid_input("a key of Ed25519 has 32 bytes");
  std::shared_ptr<evp_pkey_st> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(bytes), bytes.size()),
      EVP_PKEY_free);
  if (!key) return invalid_input("this is no key of Ed25519");
  return PublicKey(std::move(key));
}

bool PublicKey::is_for(SignatureKind kind) const {
  return EVP_PKEY_is_a(key_.get(), type_of(kind)) == 1;
}

bool PublicKey::verifies(SignatureKind kind,
                         std::string_view message,
                         std::string_view signature) const {
  if (!is_for(kind)) return false;
  std::string der;
  if (kind == SignatureKind::kP256) {
    der = der_of(signature);
    signature = der;
  }
  if (signature.empty()) return false;
  DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;
  const EVP_MD* digest = kind == SignatureKind::kEd25519 ? nullptr : EVP_sha256();
  if (!context || EVP_DigestVerifyInit(context.get(), &options, digest, nullptr, key_.get()) != 1) {
    return false;
  }
  if (kind == SignatureKind::kRsaPss &&
      (EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) != 1 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) != 1)) {
    return false;
  }
  return EVP_DigestVerify(context.get(),
                          bytes_of(signature),
                          signature.size(),
                          bytes_of(message),
                          message.size()) == 1;
}

}  // namespace stet
