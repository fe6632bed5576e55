#include "api/oidc/key_set.h"

#include <algorithm>

#include "storage/base/base64.h"

namespace stet::oidc {
namespace {

std::string number_of(const Json& key, std::string_view name) {
  return decode_base64url(text_of(key, name)).value_or("");
}

Result<PublicKey> public_key_of(const Json& key) {
  std::string type = text_of(key, "kty"), curve = text_of(key, "crv");
  if (type == "RSA") return PublicKey::rsa(number_of(key, "n"), number_of(key, "e"));
  if (type == "EC" && curve == "P-256") {
    return PublicKey::p256(number_of(key, "x"), number_of(key, "y"));
  }
  if (type == "OKP" && curve == "Ed25519") return PublicKey::ed25519(number_of(key, "x"));
  return invalid_input("a key of a kind that is not known here");
}

// RFC 7517 4.2, 4.3.
bool is_for_signatures(const Json& key) {
  if (key.contains("use") && text_of(key, "use") != "sig") return false;
  auto operations = key.find("key_ops");
  if (operations == key.end()) return true;
  return operations->is_array() &&
         std::find(operations->begin(), operations->end(), "verify") != operations->end();
}

}  // namespace

Result<KeySet> KeySet::parse(std::string_view text) {
  auto json = object_of(text);
  auto keys = json ? json->find("keys") : Json::iterator();
  if (!json || keys == json->end() || !keys->is_array()) {
    return invalid_input("this is no set of keys (RFC 7517 5)");
  }
  KeySet set;
  for (const Json& key : *keys) {
    if (set.keys_.size() >= kKeysMax) break;
    if (!key.is_object() || !is_for_signatures(key)) continue;
    auto made = public_key_of(key);
    if (made) set.keys_.push_back({text_of(key, "kid"), text_of(key, "alg"), *std::move(made)});
  }
  return set;
}

KeySet::Check KeySet::check(const SignedToken& token) const {
  std::vector<const Key*> fitting;
  for (const Key& key : keys_) {
    bool is_named = token.key_id.empty() || key.id == token.key_id;
    bool is_of_kind =
        key.algorithm.empty() ? key.key.is_for(token.kind) : key.algorithm == token.algorithm;
    if (is_named && is_of_kind) fitting.push_back(&key);
  }
  if (fitting.size() != 1) return Check::kNoKey;
  bool is_good = fitting.front()->key.verifies(token.kind, token.message, token.signature);
  return is_good ? Check::kGood : Check::kBad;
}

}  // namespace stet::oidc
