#include "api/routes/idempotency.h"

#include <algorithm>
#include <queue>
#include <unordered_set>

#include "api/changes/record.h"
#include "api/http/multipart.h"
#include "api/routes/call.h"
#include "api/routes/recovered.h"
#include "api/routes/route.h"
#include "api/routes/router.h"
#include "storage/base/hash.h"

namespace stet::api {
namespace {

using State = storage::IdempotencyClaim::State;

// The ledger is tidied after so long, or after so many keys.
constexpr std::int64_t kForgetSeconds = 600;
constexpr int kForgetKeys = 1000;

std::optional<std::string> key_of(std::string_view field) {
  bool is_quoted = field.size() >= 2 && field.starts_with('"') && field.ends_with('"');
  if (is_quoted) field = field.substr(1, field.size() - 2);
  bool is_printable = std::all_of(field.begin(), field.end(), [](char c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '\\';
  });
  bool is_key = !field.empty() && field.size() <= IdempotencyKeys::kKeyBytesMax && is_printable;
  return is_key ? std::optional(std::string(field)) : std::nullopt;
}

// What makes two requests the same: all that decides what they do.
Result<Fingerprint> fingerprint_of(const http::Request& request) {
  Fingerprinter parts;
  parts.add(request.method).add(request.target);
  for (std::string_view name : {"Content-Type", "If-Match", "If-None-Match"}) {
    parts.add(request.headers.joined(name));
  }
  if (request.body.is_in_memory()) return parts.add(request.body.memory()).finish();
  auto body = TRY(http::source_of(request.body));
  TRY(for_each_piece(*body, [&](std::string_view piece) {
    parts.add(piece);
    return Status();
  }));
  return parts.finish();
}

std::string hash_of(const storage::IdempotencyKey& key) {
  return Fingerprinter().add(key.principal).add(key.key).finish().hex();
}

std::string stored(const http::Response& response) {
  Json headers = Json::array();
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    http::Field field = response.headers.field(i);
    headers.push_back({field.name, field.value});
  }
  const auto* body = std::get_if<std::string>(&response.body);
  Json json = {{"status", response.status}, {"headers", std::move(headers)}};
  json["body"] = body ? *body : std::string();
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<http::Response> restored(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("body")) return std::nullopt;
  http::Response response{.status = json["status"].get<int>()};
  for (const Json& header : json["headers"]) {
    response.headers.add(header[0].get<std::string>(), header[1].get<std::string>());
  }
  response.headers.set("Idempotency-Replayed", "true");
  response.body = json["body"].get<std::string>();
  return response;
}

// "{commit: ..}" of an answer, or of the problem that says that it could not be published.
std::optional<CommitId> commit_of(const Json& json) {
  auto found = json.find("commit");
  if (found == json.end() || !found->is_string()) return std::nullopt;
  auto commit = CommitId::parse(found->get<std::string>());
  return commit ? std::optional(*commit) : std::nullopt;
}

// What follows `begin`; none where the text begins otherwise.
std::optional<std::string_view> after(std::string_view text, std::string_view begin) {
  return text.starts_with(begin) ? std::optional(text.substr(begin.size())) : std::nullopt;
}

// The two words of our trailer: the last line of a paragraph that begins with the principal's, and
// is the message's last. Clients' own messages end before it.
std::optional<std::pair<std::string, std::string>> trailer_of(std::string_view message) {
  message = message.substr(0, message.find_last_not_of('\n') + 1);
  std::size_t paragraph = message.rfind("\n\n");
  if (paragraph == std::string_view::npos) return std::nullopt;
  std::string_view last = message.substr(paragraph + 2);
  bool is_ours = after(last, std::string(kUserTrailer) + ": ") ||
                 after(last, std::string(kTokenTrailer) + ": ");
  if (!is_ours) return std::nullopt;
  auto words = after(message.substr(message.rfind('\n') + 1), std::string(kKeyTrailer) + ": ");
  if (!words) return std::nullopt;
  std::string_view line = *words;
  std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  return std::pair(std::string(line.substr(0, blank)), std::string(line.substr(blank + 1)));
}

ProblemReport reused() {
  return {.status = 422,
          .detail = "this Idempotency-Key was sent with another request; take a new key for it",
          .type = ProblemType::kKeyReused};
}

bool is_dry_run(const http::Request& request) {
  auto flag = request.query_value("dry_run");
  return flag && (*flag == "1" || *flag == "true");
}

}  // namespace

Answer IdempotencyKeys::run(Call call) {
  auto field = call.request.header("Idempotency-Key");
  bool is_wanted = field && call.route.method != "GET" && !is_dry_run(call.request);
  if (!is_wanted) return call.route.run(call);
  if (call.route.has_secret) {
    return ProblemReport{.status = 400,
                         .detail =
                             "what answers this is a secret, and is not kept: send it without an "
                             "Idempotency-Key"};
  }
  auto text = key_of(*field);
  if (!text || call.request.headers.count("Idempotency-Key") > 1) {
    return ProblemReport{.status = 400,
                         .detail =
                             "an Idempotency-Key is one key of 1 to 255 printable characters, "
                             "such as a UUID, in quotes"};
  }
  auto request = fingerprint_of(call.request);
  if (!request) return report_of(request.error());
  storage::IdempotencyKey key{call.principal.id(), *text, *request};
  forget_old();
  auto claim = ledger_.claim_key(key, clock_.now());
  if (!claim) return report_of(claim.error());
  if (claim->state == State::kClaimed) return run_claimed(call, key);
  if (claim->state == State::kOther) return reused();
  if (claim->state == State::kRunning) {
    ProblemReport report{.status = 409,
                         .detail = "a request with this Idempotency-Key is still at work",
                         .type = ProblemType::kKeyInUse};
    report.headers.add("Retry-After", "1");
    return report;
  }
  if (auto response = restored(claim->response)) return std::move(*response);
  auto commit = CommitId::parse(claim->response);
  if (!commit) return report_of(internal("the ledger's answer for a key cannot be read"));
  return recovered_answer(call, *commit);
}

Answer IdempotencyKeys::run_claimed(Call& call, const storage::IdempotencyKey& key) {
  std::string hash = hash_of(key);
  auto made = find_commit(call, hash);
  if (!made || (*made && (*made)->request != key.request.hex())) {
    static_cast<void>(ledger_.release_key(key));
    return made ? Answer(reused()) : Answer(report_of(made.error()));
  }
  call.key_trailer = hash + " " + key.request.hex();
  Answer answer = *made ? recovered_answer(call, (*made)->commit) : call.route.run(call);
  record(key, answer, hash);
  return answer;
}

void IdempotencyKeys::record(const storage::IdempotencyKey& key,
                             const Answer& answer,
                             const std::string& hash) {
  const auto* report = std::get_if<ProblemReport>(&answer);
  const auto* response = std::get_if<http::Response>(&answer);
  Json json = Json::object();
  if (report) {
    json = report->extensions;
  } else if (const auto* body = response ? std::get_if<std::string>(&response->body) : nullptr) {
    json = Json::parse(*body, nullptr, false);
  }
  auto commit = json.is_object() ? commit_of(json) : std::nullopt;
  bool is_ours = report && report->status >= 500;
  Status kept;
  if (!is_ours && (report || response)) {
    std::string text = report ? stored(problem_response(*report, "")) : stored(*response);
    if (text.size() > kAnswerBytesMax && commit) text = commit->hex();
    kept = ledger_.complete_key(key, text);
    if (kept) return;
  }
  // The commit is made: whoever asks again must not make a second one.
  if (commit) {
    std::lock_guard lock(mutex_);
    made_.insert_or_assign(hash, Made{*commit, key.request.hex()});
  }
  // A ledger that cannot be written keeps the key at work until the server starts again.
  static_cast<void>(ledger_.release_key(key));
}

void IdempotencyKeys::forget_old() {
  std::int64_t now = clock_.now().seconds;
  {
    std::lock_guard lock(mutex_);
    bool is_time = now - forgotten_at_ >= kForgetSeconds || ++since_forgotten_ >= kForgetKeys;
    if (!is_time) return;
    forgotten_at_ = now;
    since_forgotten_ = 0;
  }
  // What cannot be forgotten now is forgotten the next time.
  static_cast<void>(ledger_.forget_keys_before({now - kSeconds}));
  static_cast<void>(ledger_.forget_surplus_keys(kKeysMax));
}

Result<std::optional<IdempotencyKeys::Made>> IdempotencyKeys::find_commit(const Call& call,
                                                                          const std::string& hash) {
  std::lock_guard lock(mutex_);
  if (!has_history_) {
    TRY(read_history(call.backend.branch()));
    has_history_ = true;
  }
  auto it = made_.find(hash);
  return it == made_.end() ? std::nullopt : std::optional(it->second);
}

Status IdempotencyKeys::read_history(std::string_view branch) {
  auto head = TRY(repository_.head_of(branch));
  if (!head) return {};
  std::int64_t oldest = clock_.now().seconds - kSeconds;
  std::queue<CommitId> waiting;
  waiting.push(*head);
  std::unordered_set<CommitId> seen = {*head};
  for (const std::string& other : TRY(repository_.branches())) {
    if (!other.starts_with(changes::kBranches)) continue;
    auto of_change = repository_.head_of(other);
    bool is_there = of_change && *of_change && seen.insert(**of_change).second;
    if (is_there) waiting.push(**of_change);
  }
  while (!waiting.empty() && seen.size() < kCommitsMax) {
    storage::CommitRecord record = TRY(repository_.read_commit(waiting.front()));
    waiting.pop();
    if (record.committer.when.seconds < oldest) continue;
    if (auto trailer = trailer_of(record.message)) {
      made_.try_emplace(trailer->first, Made{record.id, trailer->second});
    }
    for (const CommitId& parent : record.parents) {
      if (seen.insert(parent).second) waiting.push(parent);
    }
  }
  return {};
}

}  // namespace stet::api
