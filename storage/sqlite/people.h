// Who may sign in, with what, from where they are signed in, and what was done to whose rights.
//
// Tables of the ledger's file, through a connection of their own. Passwords are kept as Argon2id
// says, ids of sessions, recovery codes and reset links as hashes; secrets of authenticators as
// they are, for each code is made with them: the file is readable by its owner alone. Names and
// mails are compared without regard to ASCII's case. Threads: every method from any thread, one at
// a time inside. Durability: as the ledger's. Whatever takes a right away takes all of it in one
// transaction.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/hash.h"
#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace stet::storage {

// The role that at least one user who is not disabled keeps, once there is one.
inline constexpr std::string_view kAdminRole = "admin";

struct UserRow {
  std::string id;
  std::string name;  // never changes: commits and drafts name it
  std::string mail;
  std::string commit_name, commit_mail;  // of what the user writes
  std::string role;
  std::string password;                            // hash_password(); "": nobody signs in by one
  std::optional<Instant> disabled = std::nullopt;  // since
  std::string totp_secret, totp_pending;           // "": no second factor; none being set up
  std::int64_t totp_step = 0;                      // the last that was used
  Instant created;
  std::optional<Instant> last_sign_in = std::nullopt;

  friend bool operator==(const UserRow&, const UserRow&) = default;
};

struct SessionRow {
  std::string id;    // names it, no secret
  ContentHash hash;  // of the secret
  std::string user;
  Instant created, last_seen;
  Instant expires;  // whatever is done
  std::string address, agent;

  friend bool operator==(const SessionRow&, const SessionRow&) = default;
};

// Somebody as a provider of identities knows them, and the user whom they come in as.
struct IdentityRow {
  std::string id;  // names it, no secret
  std::string user;
  std::string provider;         // what the settings called it then
  std::string issuer, subject;  // together they are one person, for good
  std::string mail;             // by which they were known when it was bound
  Instant bound, last_used;

  friend bool operator==(const IdentityRow&, const IdentityRow&) = default;
};

struct AuditRow {
  std::int64_t number = 0;  // given by the log, growing
  Instant at;
  std::string kind;     // "sign-in", "role"
  std::string actor;    // a user's name, a token's id, "command line"; "": nobody is known
  std::string subject;  // whom or what it is about
  std::string address;
  std::string detail;

  friend bool operator==(const AuditRow&, const AuditRow&) = default;
};

class People {
 public:
  static constexpr std::int64_t kAuditRowsMax = 100'000;  // the oldest go first
  // Of failed sign-ins, which anybody can cause: they push nothing else out.
  static constexpr std::int64_t kFailedRowsMax = 50'000;
  static constexpr std::int64_t kAuditRowsPerPruning = 100;
  static constexpr std::int64_t kCountersMax = 100'000;  // of wrong passwords, likewise
  static constexpr std::int64_t kSessionsMax = 100;      // of one user, likewise

  static Result<std::unique_ptr<People>> open(const std::filesystem::path& path);

  // people.cc: users
  // kConflict where the name or a mail is taken: those of commits say who somebody is, too.
  Status add(const UserRow& user);
  Result<std::vector<UserRow>> users();                // by name
  Result<UserRow> find(std::string_view id);           // kNotFound
  Result<UserRow> find_login(std::string_view login);  // by name or mail; kNotFound
  // Gone for good, with sessions, tokens, second factor, identities and reset links; nobody else is
  // ever called so, for commits and drafts name them. kNotFound; kConflict where no admin would be
  // left.
  Status remove(std::string_view id, Instant at);
  // Whether somebody who is gone was called so.
  Result<bool> is_former(std::string_view name);
  // Mail, names of commits, role, disabled. Who is disabled is signed out everywhere. kConflict
  // where a mail or the name of commits is somebody else's, and where no admin would be left.
  Status change(const UserRow& user);
  // Signs out everywhere but `kept_session`, and voids reset links; and, where there is such a
  // moment, the user's tokens are revoked since then.
  Status set_password(std::string_view id,
                      std::string_view hash,
                      std::string_view kept_session,
                      std::optional<Instant> tokens_revoked = std::nullopt);
  // The same password at another cost.
  Status rehash(std::string_view id, std::string_view before, std::string_view after);

  // Grows whenever something of these was taken away by this process: a session, a role.
  std::uint64_t revocations() const { return revocations_; }

  // people_factors.cc: what is beside passwords
  Status set_pending_totp(std::string_view id, std::string_view secret);
  // The pending secret is the user's from now on, with these codes.
  Status take_pending_totp(std::string_view id,
                           std::int64_t step,
                           const std::vector<ContentHash>& codes);
  Status remove_totp(std::string_view id);  // and the recovery codes
  // False where this step or a later one was used already.
  Result<bool> use_totp_step(std::string_view id, std::int64_t step);
  Status set_recovery_codes(std::string_view id, const std::vector<ContentHash>& codes);
  Result<bool> use_recovery_code(std::string_view id, const ContentHash& code);
  Result<std::int64_t> recovery_codes(std::string_view id);  // that are left
  // In place of those that the user had.
  Status add_reset(std::string_view id, const ContentHash& secret, Instant expires);
  Result<UserRow> find_reset(const ContentHash& secret, Instant now);  // kNotFound
  // False where somebody else was first. `is_of_tokens`: the user's tokens are revoked.
  Result<bool> use_reset(const ContentHash& secret,
                         Instant now,
                         std::string_view password_hash,
                         bool is_of_tokens);

  // people_sessions.cc
  Status add_session(const SessionRow& session);  // and notes the sign-in
  struct Found {
    SessionRow session;
    UserRow user;
  };
  Result<Found> find_session(const ContentHash& hash);                           // kNotFound
  Result<std::vector<SessionRow>> sessions(std::string_view user, Instant now);  // newest first
  Status touch_session(std::string_view id, Instant at);
  Status end_session(std::string_view user, std::string_view id);  // kNotFound
  Result<std::int64_t> end_sessions(std::string_view user);
  Status forget_sessions_before(Instant moment);

  // people_identities.cc: who comes in by what others say of them
  // kConflict: it is bound already, or the user has another of this issuer; kNotFound: there is no
  // such user, or they are disabled.
  Status bind_identity(const IdentityRow& identity);
  Result<UserRow> find_identity(std::string_view issuer, std::string_view subject);  // kNotFound
  Result<std::vector<IdentityRow>> identities(std::string_view user);  // the oldest first
  Status touch_identity(std::string_view issuer, std::string_view subject, Instant at);
  // Signs out everywhere but `kept_session`. kNotFound.
  Status unbind_identity(std::string_view user, std::string_view id, std::string_view kept_session);

  // people_audit.cc: wrong passwords, and the log
  struct Attempts {
    std::int64_t failures = 0;
    Instant last;
  };
  Result<Attempts> attempts(std::string_view subject);
  // Counts one, and says how many there were before.
  Result<Attempts> count_attempt(std::string_view subject, Instant now);
  Status uncount_attempt(std::string_view subject);
  Status forget_attempts(std::string_view subject);
  Status forget_attempts_before(Instant moment);
  Status note(const AuditRow& row);
  // But for the newest so many failed sign-ins, and so many of all others.
  Status forget_audit(std::int64_t rows_max, std::int64_t failed_max);
  // The newest first, of numbers below `before`; "" of a filter: all.
  struct AuditQuery {
    std::int64_t before = INT64_MAX;
    std::string kind = {}, actor = {}, subject = {};
    std::int64_t rows_max = 100;
  };
  Result<std::vector<AuditRow>> audit(const AuditQuery& query);

 private:
  explicit People(Database database) : database_(std::move(database)) {}
  Result<UserRow> user_where(std::string_view condition, std::string_view value);
  Status check_mails(const UserRow& user);
  Status check_commit_name(const UserRow& user);
  Status revoke_tokens(std::string_view user, Instant at);
  Status put_codes(std::string_view id, const std::vector<ContentHash>& codes);
  Status prune_audit(std::int64_t rows_max, std::int64_t failed_max);
  Status run_for(std::string_view sql, std::string_view id);

  // What was begun is committed, and takes rights away.
  Status commit_revocation(Transaction& transaction);

  std::mutex mutex_;
  std::atomic<std::uint64_t> revocations_ = 0;
  Database database_;
};

}  // namespace stet::storage
