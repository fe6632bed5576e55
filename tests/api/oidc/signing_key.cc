#include "tests/api/oidc/signing_key.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <map>

namespace stet::oidc {
namespace {

constexpr std::size_t kP256Bytes = 32;

std::string number_param(EVP_PKEY* key, const char* name, int size) {
  BIGNUM* number = nullptr;
  EXPECT_EQ(EVP_PKEY_get_bn_param(key, name, &number), 1);
  int bytes = size > 0 ? size : BN_num_bytes(number);
  std::string text(static_cast<std::size_t>(bytes), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(text.data()), bytes);
  BN_free(number);
  return text;
}

EVP_PKEY* generate(const std::string& algorithm) {
  if (algorithm == "ES256") return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
  if (algorithm == "EdDSA") return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048});
}

// r and s, as JSON Web Signatures have them.
std::string plain_ecdsa(const std::string& der) {
  const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size()));
  std::string plain(2 * kP256Bytes, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(plain.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), bytes, kP256Bytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), bytes + kP256Bytes, kP256Bytes);
  ECDSA_SIG_free(pair);
  return plain;
}

}  // namespace

std::string base64url(const std::string& bytes) {
  std::string text(4 * (bytes.size() / 3 + 1) + 1, '\0');
  int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                             reinterpret_cast<const unsigned char*>(bytes.data()),
                             static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

std::string hmac_sha256_of(const std::string& key, const std::string& message) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(),
       key.data(),
       static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()),
       message.size(),
       digest,
       &size);
  return {reinterpret_cast<char*>(digest), size};
}

SigningKey::SigningKey(std::string algorithm)
    : algorithm_(std::move(algorithm)), key_(generate(algorithm_), EVP_PKEY_free) {
  EXPECT_TRUE(key_);
}

nlohmann::json SigningKey::jwk(const std::string& kid) const {
  nlohmann::json key = {{"kid", kid}, {"alg", algorithm_}, {"use", "sig"}};
  EVP_PKEY* pkey = key_.get();
  if (algorithm_ == "ES256") {
    key["kty"] = "EC";
    key["crv"] = "P-256";
    key["x"] = base64url(number_param(pkey, OSSL_PKEY_PARAM_EC_PUB_X, kP256Bytes));
    key["y"] = base64url(number_param(pkey, OSSL_PKEY_PARAM_EC_PUB_Y, kP256Bytes));
  } else if (algorithm_ == "EdDSA") {
    std::string bytes(32, '\0');
    std::size_t size = bytes.size();
    EVP_PKEY_get_raw_public_key(pkey, reinterpret_cast<unsigned char*>(bytes.data()), &size);
    key["kty"] = "OKP";
    key["crv"] = "Ed25519";
    key["x"] = base64url(bytes);
  } else {
    key["kty"] = "RSA";
    key["n"] = base64url(number_param(pkey, OSSL_PKEY_PARAM_RSA_N, 0));
    key["e"] = base64url(number_param(pkey, OSSL_PKEY_PARAM_RSA_E, 0));
  }
  return key;
}

std::string SigningKey::sign(const std::string& message) const {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* options = nullptr;
  const EVP_MD* digest = algorithm_ == "EdDSA" ? nullptr : EVP_sha256();
  EXPECT_EQ(EVP_DigestSignInit(context, &options, digest, nullptr, key_.get()), 1);
  if (algorithm_ == "PS256") {
    EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST);
  }
  std::string signature(1024, '\0');
  std::size_t size = signature.size();
  EXPECT_EQ(EVP_DigestSign(context,
                           reinterpret_cast<unsigned char*>(signature.data()),
                           &size,
                           reinterpret_cast<const unsigned char*>(message.data()),
                           message.size()),
            1);
  EVP_MD_CTX_free(context);
  signature.resize(size);
  return algorithm_ == "ES256" ? plain_ecdsa(signature) : signature;
}

std::string SigningKey::pem() const {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(memory, key_.get());
  char* text = nullptr;
  long size = BIO_get_mem_data(memory, &text);
  std::string pem(text, static_cast<std::size_t>(size));
  BIO_free(memory);
  return pem;
}

std::string token_of(const nlohmann::json& header,
                     const nlohmann::json& claims,
                     const SigningKey& key) {
  std::string message = base64url(header.dump()) + "." + base64url(claims.dump());
  return message + "." + base64url(key.sign(message));
}

}  // namespace stet::oidc
