#include "api/oidc/signed_token.h"

#include <array>

#include "api/http/headers.h"
#include "storage/base/base64.h"

namespace stet::oidc {
namespace {

constexpr std::array kKinds = std::to_array<std::pair<std::string_view, SignatureKind>>({
    {"RS256", SignatureKind::kRsaPkcs1},
    {"PS256", SignatureKind::kRsaPss},
    {"ES256", SignatureKind::kP256},
    {"EdDSA", SignatureKind::kEd25519},
});

std::optional<Json> object_of_part(std::string_view part) {
  auto bytes = decode_base64url(part);
  return bytes ? object_of(*bytes) : std::nullopt;
}

Status take_header(const Json& header, SignedToken& token) {
  token.algorithm = text_of(header, "alg");
  auto kind = signature_kind(token.algorithm);
  if (!kind) return invalid_input("the token is signed by none of RS256, PS256, ES256 and EdDSA");
  token.kind = *kind;
  token.key_id = text_of(header, "kid");
  if (header.contains("crit")) {
    return invalid_input("the token's header asks for what is not known here");
  }
  if (header.contains("typ") && !http::equal_without_case(text_of(header, "typ"), "JWT")) {
    return invalid_input("the token is for something else than to say who somebody is");
  }
  return {};
}

}  // namespace

std::optional<SignatureKind> signature_kind(std::string_view algorithm) {
  for (const auto& [name, kind] : kKinds) {
    if (name == algorithm) return kind;
  }
  return std::nullopt;
}

std::optional<Json> object_of(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  return json;
}

std::string text_of(const Json& object, std::string_view name) {
  auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return "";
  return found->get<std::string>();
}

Result<SignedToken> SignedToken::parse(std::string_view text) {
  if (text.size() > kTokenBytesMax) return invalid_input("the token has more than 65536 bytes");
  std::size_t first = text.find('.');
  std::size_t second = first == text.npos ? text.npos : text.find('.', first + 1);
  if (second == text.npos || text.find('.', second + 1) != text.npos) {
    return invalid_input("the token has not three parts");
  }
  SignedToken token;
  auto header = object_of_part(text.substr(0, first));
  auto claims = object_of_part(text.substr(first + 1, second - first - 1));
  auto signature = decode_base64url(text.substr(second + 1));
  if (!header || !claims || !signature) {
    return invalid_input("the token's parts are not JSON and a signature in base64url");
  }
  TRY(take_header(*header, token));
  token.claims = *std::move(claims);
  token.message = text.substr(0, second);
  token.signature = *std::move(signature);
  return token;
}

}  // namespace stet::oidc
