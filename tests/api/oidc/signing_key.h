// Private keys of the kinds that providers sign with, and tokens signed by them: by OpenSSL, and
// none of the code under test.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

struct evp_pkey_st;

namespace stet::oidc {

class SigningKey {
 public:
  // "RS256", "PS256", "ES256", "EdDSA".
  explicit SigningKey(std::string algorithm);

  const std::string& algorithm() const { return algorithm_; }
  // The public half, with "kid" and "alg".
  nlohmann::json jwk(const std::string& kid) const;
  std::string sign(const std::string& message) const;
  std::string pem() const;  // of the public half

 private:
  std::string algorithm_;
  std::shared_ptr<evp_pkey_st> key_;
};

// Of any header and claims.
std::string token_of(const nlohmann::json& header,
                     const nlohmann::json& claims,
                     const SigningKey& key);
std::string base64url(const std::string& bytes);
std::string hmac_sha256_of(const std::string& key, const std::string& message);

}  // namespace stet::oidc
