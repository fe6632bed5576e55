// Any bytes as a signed token, as a provider's keys, and as claims: nothing of it is believed
// without a signature, and what is taken apart is what came.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "api/oidc/claims.h"
#include "api/oidc/key_set.h"

namespace {

void check(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "broken: " << what << '\n';
  std::abort();
}

// A key that nobody here has the other half of.
const stet::oidc::KeySet& strangers_keys() {
  static const auto keys = stet::oidc::KeySet::parse(
      R"({"keys": [{"kty": "OKP", "crv": "Ed25519",
                    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
  return *keys;
}

void check_token(std::string_view text) {
  auto token = stet::oidc::SignedToken::parse(text);
  if (!token) return;
  check(text.starts_with(token->message), "what is signed is the beginning of the token");
  check(token->claims.is_object(), "claims are an object");
  check(stet::oidc::signature_kind(token->algorithm) == token->kind, "the algorithm is known");
  check(strangers_keys().check(*token) != stet::oidc::KeySet::Check::kGood, "nobody has signed it");
}

void check_claims(std::string_view text) {
  auto json = stet::oidc::object_of(text);
  if (!json) return;
  const stet::oidc::Expected expected{
      .issuer = "i", .client = "c", .nonce = "n", .asked = {1000}, .now = {1000}};
  auto claims = stet::oidc::check_claims(*json, expected);
  if (!claims) return;
  check(!claims->subject.empty(), "claims are about somebody");
  check(claims->subject.size() <= stet::oidc::kSubjectBytesMax, "a subject is short");
  check(!claims->is_mail_verified || !claims->mail.empty(), "a mail that is verified is there");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_token(text);
  check_claims(text);
  auto keys = stet::oidc::KeySet::parse(text);
  if (keys) check(keys->size() <= stet::oidc::KeySet::kKeysMax, "keys are few");
  return 0;
}
