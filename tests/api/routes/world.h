// A small site served in-process: a real repository, committer, pipeline and store in a temporary
// folder, with both origins as functions.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/auth/door.h"
#include "api/docs/guide.h"
#include "api/events/presence.h"
#include "api/routes/admin_site.h"
#include "api/routes/change_work.h"
#include "api/routes/json.h"
#include "api/routes/news.h"
#include "api/routes/past_site.h"
#include "api/routes/public_site.h"
#include "api/webhooks/dispatcher.h"
#include "storage/base/random.h"
#include "storage/sqlite/ledger.h"
#include "tests/storage/git/test_repository.h"

namespace stet::api {

struct Asked {
  std::string method = "GET";
  std::string target;  // "/api/v1/posts?limit=2"
  std::string body = {};
  std::map<std::string, std::string> headers = {};
  std::string address = {};  // of whoever asks
};

struct Told {
  int status = 0;
  http::Headers headers;
  std::string body;

  Json json() const { return Json::parse(body, nullptr, false); }
  std::string header(std::string_view name) const {
    return std::string(headers.find(name).value_or(""));
  }
};

// The same bytes each time, and no secret twice: SplitMix64.
class DistinctRandom : public RandomSource {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) {
      std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
      mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
      mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
      byte = static_cast<std::uint8_t>(mixed >> 56);
    }
  }

 private:
  std::atomic<std::uint64_t> state_ = 0;
};

// An entry of World::small_site().
inline constexpr char kFirst[] = "/posts/2020-01-01-first";

class World {
 public:
  // Without `files`: small_site().
  explicit World(const storage::TestRepository::Files& files = {},
                 pipeline::PipelineOptions options = {},
                 AdminOptions admin = {});
  ~World();

  // A layout, a start page that prints titles, a page that prints bodies, and two posts.
  static storage::TestRepository::Files small_site();

  Told api(Asked asked);    // below /api/v1, with a token of all scopes unless it has its own
  Told admin(Asked asked);  // as it is
  Told site(Asked asked);   // the public origin
  std::string page(std::string_view path);  // the public page's body

  // The ETag of a GET.
  std::string tag_of(const std::string& target);
  Told patch(const std::string& target, const std::string& json, std::string tag = "");
  std::string token(std::string_view scopes);

  // A person of this role with kPassword, and a token of theirs.
  static constexpr char kPassword[] = "correct horse battery";
  storage::UserRow person(const std::string& name, auth::Role role);
  std::string token_of(const storage::UserRow& user, std::string_view scopes = "admin");
  // By cookie and CSRF token: what a request needs.
  std::map<std::string, std::string> signed_in(const std::string& login);

  // What the last publication rendered, by output path, with its reasons.
  std::map<std::string, dirty::Reasons> rendered();

  // The ledger and all that reads it, as a server that was killed and starts again.
  void restart();

  std::string head();                         // of main, in hex
  std::string file(const std::string& path);  // as main has it
  std::size_t commits();

  storage::TestRepository repository;
  storage::TemporaryFolder state;
  ManualClock clock{Instant{1'700'000'000}};
  DistinctRandom random;
  std::unique_ptr<storage::Ledger> ledger;
  std::unique_ptr<publish::Store> store;
  std::unique_ptr<publish::Publisher> publisher;
  std::unique_ptr<storage::People> people;
  std::unique_ptr<auth::Door> door;  // passwords cost little here
  std::unique_ptr<auth::Tokens> tokens;
  auth::Tickets tickets{clock, random};
  events::EventFeed events{"run", {&clock, [this] { return revocations(); }}};
  events::Presence presence{events, clock, random};
  events::CommitTeller commits_told{repository.repository(), events, [](std::string_view) {}};
  NewsTeller news{events, commits_told, clock};
  std::unique_ptr<storage::Webhooks> webhook_store;
  std::unique_ptr<webhooks::Dispatcher> webhooks;  // may call loopback; its rounds are the test's
  RequestCounts requests;
  std::unique_ptr<publish::Variants> variants;
  std::unique_ptr<IdempotencyKeys> keys;
  std::unique_ptr<storage::Committer> committer;
  std::unique_ptr<pipeline::Pipeline> pipeline;
  std::unique_ptr<Backend> backend;
  std::unique_ptr<ChangeWork> change_work;  // its rounds are the test's
  std::unique_ptr<PastSite> past_site;
  docs::Guide guide{"0.0.0"};
  std::unique_ptr<AdminSite> admin_site;
  std::unique_ptr<PublicSite> public_site;
  int soon = 0;  // how often the backend was asked to publish soon

 private:
  void serve();
  std::uint64_t revocations() const { return people->revocations() + tokens->revocations(); }

  AdminOptions admin_;
  std::string all_scopes_;
};

http::Request request_of(const Asked& asked);

}  // namespace stet::api
