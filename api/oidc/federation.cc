#include "api/oidc/federation.h"

#include <algorithm>
#include <array>

#include "api/auth/names.h"
#include "api/oidc/new_user.h"
#include "storage/base/base64.h"
#include "storage/base/utf8.h"

namespace stet::oidc {
namespace {

constexpr std::size_t kPathBytesMax = 500, kCodeBytesMax = 4096, kCauseBytesMax = 300;
constexpr std::size_t kIdBytes = 8;

constexpr std::array<std::string_view, 9> kRefusals{"none",
                                                    "expired",
                                                    "denied",
                                                    "unavailable",
                                                    "invalid",
                                                    "mail_unverified",
                                                    "no_account",
                                                    "other_identity",
                                                    "internal"};

Refusal refusal_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalidInput: return Refusal::kInvalid;
    case ErrorCode::kForbidden: return Refusal::kDenied;
    case ErrorCode::kUnavailable: return Refusal::kUnavailable;
    case ErrorCode::kNotFound: return Refusal::kNoAccount;
    case ErrorCode::kConflict: return Refusal::kOtherIdentity;
    case ErrorCode::kInternal: break;
  }
  return Refusal::kInternal;
}

// Of a parameter of the answer; none where it is not there, or there twice (RFC 6749 3.1).
std::optional<std::string> only(const http::Query& query, std::string_view name) {
  std::optional<std::string> found;
  for (const auto& [key, value] : query) {
    if (key != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

// RFC 9207 2.4.
bool is_from(const std::string& issuer, const Endpoints& endpoints, const http::Query& query) {
  bool is_there =
      std::any_of(query.begin(), query.end(), [](const auto& pair) { return pair.first == "iss"; });
  if (!is_there) return !endpoints.tells_issuer;
  return only(query, "iss") == issuer;
}

bool is_of_domain(std::string_view mail, const std::vector<std::string>& domains) {
  std::string domain = auth::lower_case(mail.substr(mail.rfind('@') + 1));
  return domains.empty() || std::find(domains.begin(), domains.end(), domain) != domains.end();
}

}  // namespace

std::string_view name_of(Refusal refusal) { return kRefusals[static_cast<std::size_t>(refusal)]; }

bool is_local_path(std::string_view path) {
  constexpr std::string_view kForbidden = " \\\"'<>`";
  return path.starts_with('/') && !path.starts_with("//") && path.size() <= kPathBytesMax &&
         std::all_of(path.begin(), path.end(), [&](char c) {
           return c > ' ' && c < '\x7f' && kForbidden.find(c) == kForbidden.npos;
         });
}

std::string with_parameter(std::string_view path, std::string_view name, std::string_view value) {
  std::size_t hash = std::min(path.find('#'), path.size());
  std::string text(path.substr(0, hash));
  text += text.find('?') == text.npos ? '?' : '&';
  return text.append(name).append("=").append(value).append(path.substr(hash));
}

Federation::Federation(const Parts& parts, std::vector<ProviderSettings> providers, Outside outside)
    : parts_(parts), outside_(std::move(outside)), flows_(parts.clock, parts.random) {
  for (ProviderSettings& settings : providers) {
    providers_.push_back(std::make_unique<Provider>(std::move(settings), outside_, parts_.clock));
  }
}

std::vector<const ProviderSettings*> Federation::providers() const {
  std::vector<const ProviderSettings*> all;
  for (const auto& provider : providers_) all.push_back(&provider->settings());
  return all;
}

Provider* Federation::find(std::string_view id) {
  auto found = std::find_if(providers_.begin(), providers_.end(), [&](const auto& provider) {
    return provider->settings().id == id;
  });
  return found == providers_.end() ? nullptr : found->get();
}

std::string Federation::random_text() {
  std::array<std::uint8_t, 32> bytes;
  parts_.random.fill(bytes);
  return encode_base64url(bytes);
}

Result<Federation::Begun> Federation::begin(std::string_view id, const Beginning& beginning) {
  Provider* provider = find(id);
  if (!provider) return not_found("there is no such provider");
  std::optional<auth::Places::Place> place;
  if (!provider->is_known() && !place.emplace(places_).is_taken()) {
    return unavailable("too many are signing in just now; try again in a moment");
  }
  auto endpoints = provider->endpoints();
  place.reset();
  if (!endpoints) return std::move(endpoints).error().within(provider->settings().name);
  Flow flow{.provider = provider->settings().id,
            .state = random_text(),
            .nonce = random_text(),
            .verifier = random_text(),
            .redirect = beginning.redirect,
            .return_to = beginning.return_to,
            .user = "",
            .former_user = beginning.former_user,
            .former_session = beginning.former_session};
  std::string url = provider->authorization_url(*endpoints, flow);
  return Begun{std::move(url), TRY(flows_.add(std::move(flow), beginning.address))};
}

Arrival Federation::refused(Refusal refusal,
                            std::string cause,
                            const Arrival& arrival,
                            std::string_view address) {
  Arrival told = arrival;
  told.refusal = refusal;
  told.cause = printable(cause, kCauseBytesMax);
  // A log that cannot be written lets nobody in either.
  static_cast<void>(parts_.door.accounts.note("sign-in-failed",
                                              {"", std::string(address)},
                                              told.user ? told.user->name : "",
                                              told.provider + ": " + told.cause));
  told.user.reset();
  return told;
}

Arrival Federation::finish(const Return& returned) {
  Provider* provider = find(returned.provider);
  auto state = only(returned.query, "state");
  // Of a flow whose state is "", the way back is over.
  bool has_state = state && !state->empty();
  auto flow = provider && has_state ? flows_.take(returned.cookie, *state) : std::nullopt;
  if (!flow) return {.refusal = Refusal::kExpired, .cause = "this sign-in is not under way here"};
  Arrival arrival{.return_to = flow->return_to,
                  .provider = flow->provider,
                  .former_user = flow->former_user,
                  .former_session = flow->former_session};
  if (flow->provider != returned.provider) {
    return refused(Refusal::kInvalid, "the answer of another provider", arrival, returned.address);
  }
  Arrival told = arrive(*provider, *flow, returned);
  told.return_to = arrival.return_to;
  told.provider = arrival.provider;
  told.former_user = arrival.former_user;
  told.former_session = arrival.former_session;
  if (told.refusal != Refusal::kNone) {
    return refused(told.refusal, told.cause, told, returned.address);
  }
  if (!provider->settings().asks_second_factor || told.user->totp_secret.empty()) return told;
  Flow code = *std::move(flow);
  code.state.clear();
  code.user = told.user->id;
  auto cookie = flows_.add(std::move(code), returned.address);
  if (!cookie) {
    return refused(Refusal::kUnavailable, cookie.error().message, told, returned.address);
  }
  told.code_cookie = *std::move(cookie);
  return told;
}

Arrival Federation::arrive(Provider& provider, const Flow& flow, const Return& returned) {
  auth::Places::Place place(places_);
  if (!place.is_taken()) return {Refusal::kUnavailable, "too many are signing in just now"};
  auto endpoints = provider.endpoints();
  if (!endpoints) return {refusal_of(endpoints.error()), endpoints.error().message};
  if (!is_from(provider.settings().issuer, *endpoints, returned.query)) {
    return {Refusal::kInvalid, "the answer is another issuer's (iss)"};
  }
  if (auto error = only(returned.query, "error")) {
    bool is_down = *error == "temporarily_unavailable" || *error == "server_error";
    return {is_down ? Refusal::kUnavailable : Refusal::kDenied,
            "the provider says " + printable(*error, 60)};
  }
  auto code = only(returned.query, "code");
  if (!code || code->empty() || code->size() > kCodeBytesMax) {
    return {Refusal::kInvalid, "the answer has no code"};
  }
  auto claims = provider.claims_of(*endpoints, flow, *code, [this](const Claims& person) {
    return parts_.door.people.find_identity(person.issuer, person.subject).has_value();
  });
  if (!claims) return {refusal_of(claims.error()), claims.error().message};
  return admit(provider, *claims, returned.address);
}

Arrival Federation::admit(const Provider& provider,
                          const Claims& claims,
                          std::string_view address) {
  storage::People& people = parts_.door.people;
  auto user = people.find_identity(claims.issuer, claims.subject);
  bool is_new = !user && user.error().code == ErrorCode::kNotFound;
  if (is_new) {
    if (claims.mail.empty() || !claims.is_mail_verified) {
      return {Refusal::kMailUnverified, "the provider vouches for no mail"};
    }
    user = bind(provider, claims, address);
  }
  if (!user) return {refusal_of(user.error()), user.error().message};
  if (user->disabled) return {Refusal::kNoAccount, "disabled", "", *user};
  if (!is_new) {
    Status touched = people.touch_identity(claims.issuer, claims.subject, parts_.clock.now());
    if (!touched) return {refusal_of(touched.error()), touched.error().message};
  }
  return {.user = *std::move(user)};
}

Result<storage::UserRow> Federation::bind(const Provider& provider,
                                          const Claims& claims,
                                          std::string_view address) {
  storage::People& people = parts_.door.people;
  const ProviderSettings& settings = provider.settings();
  TRY(auth::check_mail(claims.mail));
  if (!is_of_domain(claims.mail, settings.mail_domains)) {
    return not_found("mails of the domain of " + claims.mail + " are not taken");
  }
  auto user = people.find_login(claims.mail);
  if (!user && user.error().code == ErrorCode::kNotFound) user = create(provider, claims, address);
  if (!user) return user.error();
  if (user->disabled) return not_found("the user of " + claims.mail + " is disabled");
  std::array<std::uint8_t, kIdBytes> id;
  parts_.random.fill(id);
  Status bound = people.bind_identity({.id = encode_hex(id),
                                       .user = user->id,
                                       .provider = settings.id,
                                       .issuer = claims.issuer,
                                       .subject = claims.subject,
                                       .mail = claims.mail,
                                       .bound = parts_.clock.now(),
                                       .last_used = parts_.clock.now()});
  if (!bound && bound.error().code == ErrorCode::kConflict) {
    // The same person, in another window, was faster; or it is somebody else.
    auto other = people.find_identity(claims.issuer, claims.subject);
    if (other || other.error().code != ErrorCode::kNotFound) return other;
    return conflict("the user of " + claims.mail + " is another subject of this issuer");
  }
  TRY(bound);
  TRY(parts_.door.accounts.note("identity-bound",
                                {user->name, std::string(address)},
                                user->name,
                                settings.id + ": " + printable(claims.subject, 100)));
  return user;
}

Result<storage::UserRow> Federation::create(const Provider& provider,
                                            const Claims& claims,
                                            std::string_view address) {
  const ProviderSettings& settings = provider.settings();
  if (!settings.created_role) return not_found("nobody here has the mail " + claims.mail);
  auth::NewUser user = TRY(new_user_of(parts_.door.people, claims));
  user.role = *settings.created_role;
  return parts_.door.accounts.create(user, {"provider " + settings.id, std::string(address)});
}

Result<Federation::Proven> Federation::prove_code(std::string_view cookie,
                                                  std::string_view code,
                                                  std::string_view address) {
  auto flow = flows_.take(cookie, "");
  if (!flow) {
    return Proven{{}, {.refusal = Refusal::kExpired, .cause = "no code is asked for here"}};
  }
  storage::UserRow user = TRY(parts_.door.people.find(flow->user));
  auto answer = parts_.door.sign_in.prove_code(user, code, address);
  bool is_right = answer && answer->outcome == auth::SignInOutcome::kRight;
  if (!is_right && ++flow->tries < kCodeTriesMax) flows_.put_back(cookie, *flow, address);
  if (!answer) return answer.error();
  return Proven{*answer,
                {.return_to = flow->return_to,
                 .user = user,
                 .provider = flow->provider,
                 .former_user = flow->former_user,
                 .former_session = flow->former_session}};
}

}  // namespace stet::oidc
