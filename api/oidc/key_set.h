// A provider's public keys (RFC 7517), and whether one of them has signed a token.
//
// A key is for its own kind of signature only, whatever a token says of itself, and for the one
// algorithm that it names, where it names one; keys for encryption, shared secrets, and kinds that
// are not known here are left out. Threads: a value; check() from any thread. Limits: kKeysMax;
// those behind are left out. Input may be any bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "api/oidc/signed_token.h"

namespace stet::oidc {

class KeySet {
 public:
  static constexpr std::size_t kKeysMax = 100;

  // kInvalidInput: this is no set of keys. One without any key that can be used is one all the
  // same.
  static Result<KeySet> parse(std::string_view text);

  enum class Check {
    kGood,
    kBad,    // the key that it names has not signed it
    kNoKey,  // it names none of these, or none while several would do
  };
  Check check(const SignedToken& token) const;
  std::size_t size() const { return keys_.size(); }

 private:
  struct Key {
    std::string id, algorithm;  // "": none is named
    PublicKey key;
  };
  std::vector<Key> keys_;
};

}  // namespace stet::oidc
