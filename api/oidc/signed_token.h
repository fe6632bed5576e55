// A signed token (RFC 7515, compact, as RFC 7519 has it) taken apart, and no word of it believed
// yet.
//
// Of algorithms there are RS256, PS256, ES256 and EdDSA: "none" and those with a shared secret are
// no names here (RFC 8725 3.1). A header that asks for extensions ("crit"), or that says that this
// is a token for something else ("typ"), is refused. Threads: pure functions, values.
// Limits: kTokenBytesMax. Input may be any bytes.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/public_key.h"
#include "storage/base/result.h"

namespace stet::oidc {

using Json = nlohmann::json;

inline constexpr std::size_t kTokenBytesMax = 64 * 1024;

struct SignedToken {
  SignatureKind kind = SignatureKind::kRsaPkcs1;
  std::string algorithm;  // as the header names it
  std::string key_id;     // "": the header names none
  Json claims;            // an object
  std::string message;    // what is signed
  std::string signature;

  // kInvalidInput says what is wrong, and shows nothing of it.
  static Result<SignedToken> parse(std::string_view text);
};

std::optional<SignatureKind> signature_kind(std::string_view algorithm);

// None unless `text` is an object.
std::optional<Json> object_of(std::string_view text);

// "" where the object has no text of this name.
std::string text_of(const Json& object, std::string_view name);

}  // namespace stet::oidc
