#include "api/oidc/provider.h"

#include <algorithm>

#include "api/http/headers.h"
#include "api/http/url.h"
#include "storage/base/base64.h"
#include "storage/base/sha.h"
#include "storage/base/utf8.h"

namespace stet::oidc {
namespace {

using http::percent_encode;
using storage::HttpCall;

constexpr std::size_t kWordBytesMax = 60;  // of what a provider says, in our messages

using Form = std::vector<std::pair<std::string_view, std::string>>;

std::string form_of(const Form& form) {
  std::string text;
  for (const auto& [name, value] : form) {
    if (!text.empty()) text += '&';
    text.append(name).append("=").append(percent_encode(value));
  }
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// RFC 7636 4.2.
std::string challenge_of(std::string_view verifier) {
  std::string hash = sha256_bytes(verifier);
  return encode_base64url({reinterpret_cast<const std::uint8_t*>(hash.data()), hash.size()});
}

// What can stand in a header (RFC 6750 2.1).
bool is_bearer(std::string_view token) {
  return !token.empty() &&
         std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

Provider::Provider(ProviderSettings settings, const Outside& outside, const Clock& clock)
    : settings_(std::move(settings)), outside_(outside), clock_(clock) {}

Result<std::string> Provider::get(const std::string& url, const std::string& access_token) {
  HttpCall call{
      .url = url, .headers = {{"Accept", "application/json"}}, .body = "", .method = "GET"};
  if (!access_token.empty()) call.headers.emplace_back("Authorization", "Bearer " + access_token);
  auto answer = TRY(storage::fetch(outside_.filter, outside_.limits, outside_.agent, call));
  if (answer.status == 200) return std::move(answer.beginning);
  return unavailable("the provider has answered " + std::to_string(answer.status));
}

bool Provider::is_known() const { return kept_endpoints().has_value(); }

std::optional<Result<Endpoints>> Provider::kept_endpoints() const {
  std::lock_guard lock(mutex_);
  const std::int64_t now = clock_.now().seconds;
  if (endpoints_ && now - endpoints_at_.seconds < kKeptSeconds) return *endpoints_;
  if (failure_ && now - failed_at_.seconds < kPauseSeconds) return *failure_;
  return std::nullopt;
}

Result<Endpoints> Provider::endpoints() {
  // Who needs nothing of the provider waits for nobody who does.
  if (auto kept = kept_endpoints()) return *std::move(kept);
  std::lock_guard asking(asking_);
  if (auto kept = kept_endpoints()) return *std::move(kept);
  auto text = get(discovery_url(settings_.issuer), "");
  auto found = text ? parse_discovery(*text, settings_.issuer, outside_.filter)
                    : Result<Endpoints>(text.error());
  std::lock_guard lock(mutex_);
  failure_ = found ? std::nullopt : std::optional(found.error());
  (found ? endpoints_at_ : failed_at_) = clock_.now();
  if (found) endpoints_ = *found;
  return found;
}

Provider::Keys Provider::kept_keys(bool is_other_wanted) const {
  std::lock_guard lock(mutex_);
  std::int64_t age = clock_.now().seconds - keys_at_.seconds;
  return age < (is_other_wanted ? kRefetchSeconds : kKeptSeconds) ? keys_ : nullptr;
}

Result<Provider::Keys> Provider::keys(const Endpoints& endpoints, bool is_other_wanted) {
  if (Keys kept = kept_keys(is_other_wanted)) return kept;
  std::lock_guard asking(asking_);
  if (Keys kept = kept_keys(is_other_wanted)) return kept;
  std::string text = TRY(get(endpoints.keys, ""));
  auto found = std::make_shared<const KeySet>(TRY(KeySet::parse(text)));
  std::lock_guard lock(mutex_);
  keys_ = std::move(found);
  keys_at_ = clock_.now();
  return keys_;
}

Status Provider::check_signature(const Endpoints& endpoints, const SignedToken& token) {
  auto check = TRY(keys(endpoints, false))->check(token);
  if (check != KeySet::Check::kGood) check = TRY(keys(endpoints, true))->check(token);
  switch (check) {
    case KeySet::Check::kGood: return {};
    case KeySet::Check::kBad: return invalid_input("the token's signature is wrong");
    case KeySet::Check::kNoKey: break;
  }
  return invalid_input("the token is signed by no key that the provider shows");
}

std::string Provider::authorization_url(const Endpoints& endpoints, const Flow& flow) const {
  char joint = endpoints.authorization.find('?') == std::string::npos ? '?' : '&';
  return endpoints.authorization + joint +
         form_of({{"response_type", "code"},
                  {"client_id", settings_.client_id},
                  {"redirect_uri", flow.redirect},
                  {"scope", joined(settings_.scopes)},
                  {"state", flow.state},
                  {"nonce", flow.nonce},
                  {"code_challenge", challenge_of(flow.verifier)},
                  {"code_challenge_method", "S256"}});
}

Result<Provider::Tokens> Provider::exchange(const Endpoints& endpoints,
                                            const Flow& flow,
                                            const std::string& code) {
  Form form = {{"grant_type", "authorization_code"},
               {"code", code},
               {"redirect_uri", flow.redirect},
               {"code_verifier", flow.verifier}};
  HttpCall call{.url = endpoints.token,
                .headers = {{"Accept", "application/json"},
                            {"Content-Type", "application/x-www-form-urlencoded"}},
                .body = ""};
  bool is_public = settings_.client_secret.empty();
  if (is_public || endpoints.posts_secret) form.emplace_back("client_id", settings_.client_id);
  if (is_public) {
    // PKCE alone ties the code to us.
  } else if (endpoints.posts_secret) {
    form.emplace_back("client_secret", settings_.client_secret);
  } else {
    // RFC 6749 2.3.1: encoded, and encoded again.
    std::string pair =
        percent_encode(settings_.client_id) + ":" + percent_encode(settings_.client_secret);
    call.headers.emplace_back("Authorization", "Basic " + encode_base64(pair));
  }
  call.body = form_of(form);
  auto answer =
      TRY(storage::fetch(outside_.filter, outside_.limits, outside_.agent, std::move(call)));
  auto json = object_of(answer.beginning);
  if (answer.status >= 400 && answer.status < 500) {
    std::string word = json ? printable(text_of(*json, "error"), kWordBytesMax) : "";
    return forbidden("the provider refuses the code: " + std::to_string(answer.status) + " " +
                     word);
  }
  if (answer.status != 200) {
    return unavailable("the provider has answered " + std::to_string(answer.status));
  }
  if (!json || !http::equal_without_case(text_of(*json, "token_type"), "Bearer")) {
    return invalid_input("the provider's answer holds no bearer token");
  }
  Tokens tokens{text_of(*json, "id_token"), text_of(*json, "access_token")};
  if (tokens.id_token.empty()) return invalid_input("the provider's answer has no id_token");
  return tokens;
}

Status Provider::ask_about_user(const Endpoints& endpoints,
                                const std::string& access_token,
                                Claims& claims) {
  if (endpoints.user.empty() || !is_bearer(access_token)) return {};
  auto json = object_of(TRY(get(endpoints.user, access_token)));
  if (!json) return invalid_input("what the provider says of the user is no JSON object");
  // OpenID Connect Core 1.0, 5.3.2: it may be about somebody else.
  if (text_of(*json, "sub") != claims.subject) {
    return invalid_input("what the provider says of the user is about another (sub)");
  }
  take_profile(*json, claims);
  return {};
}

Result<Claims> Provider::claims_of(const Endpoints& endpoints,
                                   const Flow& flow,
                                   const std::string& code,
                                   const IsKnown& is_person_known) {
  Tokens tokens = TRY(exchange(endpoints, flow, code));
  auto token = TRY(SignedToken::parse(tokens.id_token));
  TRY(check_signature(endpoints, token));
  Claims claims = TRY(check_claims(token.claims,
                                   {.issuer = settings_.issuer,
                                    .client = settings_.client_id,
                                    .nonce = flow.nonce,
                                    .asked = flow.begun,
                                    .now = clock_.now()}));
  if (!claims.is_mail_judged && !is_person_known(claims)) {
    TRY(ask_about_user(endpoints, tokens.access_token, claims));
  }
  return claims;
}

}  // namespace stet::oidc
