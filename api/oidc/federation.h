// Signing in by what somebody else says of a person: OpenID Connect, by the code flow with PKCE.
//
// begin() sends a browser to a provider, finish() takes it when it comes back. A person is the
// provider's issuer and subject; these are bound to a user when they first come in, and then by a
// mail that the provider says is verified. From then on the mail is of no account: who has it later
// is another subject, and comes in as nobody, for a user has one identity of an issuer until it is
// unbound. The answer is tied to the browser that asked (flows.h), to the question (state, nonce,
// PKCE), and to the provider that was asked: each has a path of its own to return to, and says who
// it is where it says that it does (RFC 9207). Whether our second factor is asked for as well is
// the provider's setting.
//
// Threads: any; begin() and finish() wait for the provider, kConcurrentMax at once, kWaitingMax
// behind them. What is refused is noted in the log of rights, without secrets.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/auth/door.h"
#include "api/auth/places.h"
#include "api/http/message.h"
#include "api/oidc/flows.h"
#include "api/oidc/provider.h"

namespace stet::oidc {

// Why nobody has come in; the words are name_of()'s.
enum class Refusal {
  kNone,
  kExpired,         // unknown here: too late, twice, or another browser
  kDenied,          // the provider, or the person there, has said no
  kUnavailable,     // the provider does not answer
  kInvalid,         // what it says does not hold
  kMailUnverified,  // it vouches for no mail
  kNoAccount,       // for that mail, or it is disabled
  kOtherIdentity,   // the user is bound to another subject of that issuer
  kInternal,
};

std::string_view name_of(Refusal refusal);  // "no_account"

struct Arrival {
  Refusal refusal = Refusal::kNone;
  std::string cause = {};      // of a refusal, for the log
  std::string return_to = {};  // "": it is not known where they wanted to go
  std::optional<storage::UserRow> user = std::nullopt;  // kNone
  std::string provider = {};
  std::string code_cookie = {};  // not "": the second factor is asked for, by who shows this
  std::string former_user = {}, former_session = {};  // to be ended
};

class Federation {
 public:
  static constexpr unsigned kConcurrentMax = 4, kWaitingMax = 16;
  static constexpr int kCodeTriesMax = 5;

  // All must outlive it.
  struct Parts {
    auth::Door& door;
    const Clock& clock;
    RandomSource& random;
  };
  Federation(const Parts& parts, std::vector<ProviderSettings> providers, Outside outside);

  std::vector<const ProviderSettings*> providers() const;

  struct Beginning {
    std::string redirect;      // the path to return to, with our origin
    std::string return_to;     // is_local_path()
    std::string address = {};  // of the client
    std::string former_user = {}, former_session = {};
  };
  struct Begun {
    std::string url, cookie;
  };
  // kNotFound: there is no such provider.
  Result<Begun> begin(std::string_view provider, const Beginning& beginning);

  struct Return {
    std::string_view provider;
    std::string_view cookie;
    const http::Query& query;
    std::string_view address;
  };
  Arrival finish(const Return& returned);

  // The second factor of who has come back. kWrong and kTooMany leave it open, for a few tries.
  struct Proven {
    auth::SignInAnswer answer;
    Arrival arrival;
  };
  Result<Proven> prove_code(std::string_view cookie,
                            std::string_view code,
                            std::string_view address);

 private:
  Provider* find(std::string_view id);
  Arrival arrive(Provider& provider, const Flow& flow, const Return& returned);
  Arrival admit(const Provider& provider, const Claims& claims, std::string_view address);
  Result<storage::UserRow> bind(const Provider& provider,
                                const Claims& claims,
                                std::string_view address);
  Result<storage::UserRow> create(const Provider& provider,
                                  const Claims& claims,
                                  std::string_view address);
  std::string random_text();
  Arrival refused(Refusal refusal,
                  std::string cause,
                  const Arrival& arrival,
                  std::string_view address);

  const Parts parts_;
  const Outside outside_;
  std::vector<std::unique_ptr<Provider>> providers_;
  Flows flows_;
  auth::Places places_{kConcurrentMax, kWaitingMax};
};

// A path of this origin, and nothing that a browser takes for another: begins with one slash; only
// printable ASCII, without blanks, backslashes, quotes, '<' and '>'; 500 bytes at most.
bool is_local_path(std::string_view path);

// "/a?b#c" as "/a?b&name=value#c".
std::string with_parameter(std::string_view path, std::string_view name, std::string_view value);

}  // namespace stet::oidc
