// Every type of problem is in the catalogue, leads to its entry, and can be met.

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "api/remote/leadership.h"
#include "api/routes/write_path.h"
#include "storage/base/one_time_code.h"
#include "storage/remote/epoch.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

Told world_told(const http::Response& response) {
  return {response.status, response.headers, std::get<std::string>(response.body)};
}

Told of(const ProblemReport& report) { return world_told(problem_response(report, "test")); }

// What the server says of requests that no handler sees.
Told by_server(World& world, int status) {
  return world_told(world.admin_site->refusal(status, "of the wire"));
}

Told sign_in(World& world, const std::string& password) {
  Json body = {{"login", "jo"}, {"password", password}};
  return world.admin({.method = "POST",
                      .target = "/api/v1/session",
                      .body = body.dump(),
                      .headers = {{"Content-Type", "application/json"}}});
}

Told by_person(World& world, auth::Role role, Asked asked) {
  auto jo = world.person("jo", role);
  asked.headers.emplace("Authorization", "Bearer " + world.token_of(jo));
  return world.api(std::move(asked));
}

Told with_key(World& world, const std::string& json) {
  return world.api({.method = "PATCH",
                    .target = kFirst,
                    .body = json,
                    .headers = {{"If-Match", "*"}, {"Idempotency-Key", "k"}}});
}

Told patch(World& world, const std::string& json, const std::string& type) {
  return world.api({.method = "PATCH",
                    .target = kFirst,
                    .body = json,
                    .headers = {{"If-Match", "*"}, {"Content-Type", type}}});
}

// A title that was changed by somebody else, changed again.
Told late(World& world, const std::string& query) {
  std::string tag = world.tag_of(kFirst);
  world.patch(kFirst, R"({"front_matter": {"title": "Theirs"}})");
  return world.patch(kFirst + query, R"({"front_matter": {"title": "Ours"}})", tag);
}

// By another server, which leads since the second epoch.
Told replaced(World& world) {
  const auto& repository = world.repository.repository();
  auto leadership = remote::Leadership::open(repository, world.state.path(), false);
  EXPECT_TRUE(leadership && storage::raise_epoch(repository, 2));
  world.backend->leadership = leadership->get();
  Told told = world.patch(kFirst, R"({"body": "x"})");
  world.backend->leadership = nullptr;
  return told;
}

// The key's first request has begun, and has not ended.
Told key_in_use(World& world) {
  const std::string body = R"({"body": "x"})";
  Fingerprint request = Fingerprinter()
                            .add("PATCH")
                            .add(std::string("/api/v1") + kFirst)
                            .add("application/merge-patch+json")
                            .add("*")
                            .add("")
                            .add(body)
                            .finish();
  std::string token = world.tokens->list()->front().id;
  EXPECT_TRUE(world.ledger->claim_key({token, "k", request}, world.clock.now()));
  return with_key(world, body);
}

Told with_second_factor(World& world) {
  auto jo = world.person("jo", auth::Role::kEditor);
  EXPECT_TRUE(world.door->factor.begin(jo));
  jo = *world.people->find(jo.id);
  std::string code =
      hotp(jo.totp_pending, static_cast<std::uint64_t>(totp_step(world.clock.now())));
  EXPECT_TRUE(world.door->factor.finish(jo, code));
  return sign_in(world, World::kPassword);
}

using Provoke = std::function<Told(World&)>;
const std::map<std::string, Provoke>& provocations() {
  static const std::map<std::string, Provoke> all = {
      {"bad-request",
       [](World& world) {
         return world.api(
             {.method = "PATCH", .target = kFirst, .body = "{}", .headers = {{"If-Match", "x"}}});
       }},
      {"malformed-json",
       [](World& world) { return patch(world, "{", "application/merge-patch+json"); }},
      {"malformed-patch",
       [](World& world) { return patch(world, "{}", "application/json-patch+json"); }},
      {"bad-parameter", [](World& world) { return world.api({.target = "/posts?limit=x"}); }},
      {"digest-mismatch",
       [](World& world) {
         return world.api({.method = "PATCH",
                           .target = kFirst,
                           .body = "{}",
                           .headers = {{"If-Match", "*"}, {"Content-Digest", "sha-256=:AAAA:"}}});
       }},
      {"unauthorized", [](World& world) { return world.admin({.target = "/api/v1/posts"}); }},
      {"wrong-credentials",
       [](World& world) {
         world.person("jo", auth::Role::kEditor);
         return sign_in(world, "not this one");
       }},
      {"code-needed", with_second_factor},
      {"role-forbids",
       [](World& world) {
         return by_person(world, auth::Role::kReader, {.method = "DELETE", .target = "/rollback"});
       }},
      {"not-yours",
       [](World& world) {
         return by_person(world,
                          auth::Role::kAuthor,
                          {.method = "POST",
                           .target = "/drafts",
                           .body = R"({"front_matter": {"title": "x", "author": "mo"}})"});
       }},
      {"needs-review",
       [](World& world) {
         world.repository.commit({{"_config.yml", "stet: {review: {approvals: 1}}\n"}});
         EXPECT_TRUE(world.pipeline->publish_head("main"));
         return world.patch(kFirst, R"({"body": "x"})");
       }},
      {"foreign-page",
       [](World& world) {
         world.person("jo", auth::Role::kEditor);
         auto headers = world.signed_in("jo");
         headers["X-CSRF-Token"] = "another";
         return world.api({.method = "DELETE", .target = "/session", .headers = headers});
       }},
      {"too-slow", [](World& world) { return by_server(world, 408); }},
      {"too-large", [](World& world) { return by_server(world, 413); }},
      {"uri-too-long", [](World& world) { return by_server(world, 414); }},
      {"expectation-failed", [](World& world) { return by_server(world, 417); }},
      {"head-too-large", [](World& world) { return by_server(world, 431); }},
      {"not-implemented", [](World& world) { return by_server(world, 501); }},
      {"version-not-supported", [](World& world) { return by_server(world, 505); }},
      {"too-many",
       [](World& world) {
         world.person("jo", auth::Role::kEditor);
         Told told;
         for (int i = 0; i < 20 && told.status != 429; ++i) told = sign_in(world, "wrong");
         return told;
       }},
      {"forbidden",
       [](World&) {
         return of(report_of(Error{ErrorCode::kForbidden, "not here"}));
       }},
      {"missing-scope",
       [](World& world) {
         return world.api({.method = "DELETE",
                           .target = kFirst,
                           .headers = {{"Authorization", "Bearer " + world.token("content:read")},
                                       {"If-Match", "*"}}});
       }},
      {"not-found", [](World& world) { return world.api({.target = "/posts/none"}); }},
      {"method-not-allowed",
       [](World& world) { return world.api({.method = "POST", .target = "/status"}); }},
      {"conflict",
       [](World& world) {
         return patch(world,
                      R"([{"op": "test", "path": "/body", "value": ""}])",
                      "application/json-patch+json");
       }},
      {"merge-conflict", [](World& world) { return late(world, "?on_stale=merge"); }},
      {"in-use",
       [](World& world) {
         world.repository.commit({{"_data/event.yml", "rooms: [Main]\n"},
                                  {"_schedule/a.md", "---\ntitle: A\nroom: Main\n---\n"}});
         EXPECT_TRUE(world.pipeline->publish_head("main"));
         return world.api({.method = "DELETE",
                           .target = "/schedule/rooms/Main",
                           .headers = {{"If-Match", "*"}}});
       }},
      {"key-in-use", key_in_use},
      {"gone",
       [](World& world) {
         return world.api({.target = "/events?since=0000000000000000000000000000000000000001"});
       }},
      {"precondition-failed",
       [](World& world) {
         return world.api({.method = "PATCH",
                           .target = kFirst,
                           .body = "{}",
                           .headers = {{"If-Match", "\"other\""}}});
       }},
      {"stale", [](World& world) { return late(world, ""); }},
      {"exists",
       [](World& world) {
         return world.api({.method = "PUT",
                           .target = kFirst,
                           .body = "{}",
                           .headers = {{"If-None-Match", "*"}}});
       }},
      {"unsupported-media-type", [](World& world) { return patch(world, "{}", "text/plain"); }},
      {"invalid",
       [](World& world) { return world.patch(kFirst, R"({"front_matter": {"date": "soon"}})"); }},
      {"key-reused",
       [](World& world) {
         with_key(world, R"({"body": "x"})");
         return with_key(world, R"({"body": "y"})");
       }},
      {"precondition-required",
       [](World& world) { return world.api({.method = "PATCH", .target = kFirst, .body = "{}"}); }},
      {"internal", [](World&) { return of(report_of(internal("a disk broke"))); }},
      {"unavailable", [](World&) { return of(report_of(unavailable("not yet"))); }},
      {"storage-full", [](World&) { return of({.status = 507, .detail = "no room"}); }},
      {"read-only", replaced},
      {"unpublished",
       [](World&) { return of(unpublished_report(internal("a disk broke"), CommitId())); }},
  };
  return all;
}

TEST(Errors, EachTypeIsMet) {
  std::set<std::string> names;
  std::set<ProblemType> types;
  for (const ProblemRow& row : problem_types()) {
    std::string name(row.name);
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_TRUE(types.insert(row.type).second) << name;
    auto provoke = provocations().find(name);
    ASSERT_NE(provoke, provocations().end()) << "nothing provokes " << name;
    World world;
    Told told = provoke->second(world);
    Json json = told.json();
    EXPECT_EQ(told.status, row.status) << name << told.body;
    EXPECT_EQ(json["type"], "/docs/errors#" + name) << told.body;
    EXPECT_EQ(json["title"], row.title);
    EXPECT_EQ(json["status"], row.status);
  }
  EXPECT_EQ(provocations().size(), names.size());
}

// An enumerator without a row would be a problem without a type.
TEST(Errors, EachEnumeratorHasItsRow) {
  EXPECT_EQ(problem_types().size(), static_cast<std::size_t>(ProblemType::kStorageFull));
  EXPECT_EQ(problem_types().back().type, ProblemType::kStorageFull);
}

TEST(Errors, TheCatalogueIsServed) {
  World world;
  Json items = world.api({.target = "/errors"}).json()["items"];
  ASSERT_EQ(items.size(), problem_types().size());
  EXPECT_EQ(items[0]["type"], "/docs/errors#bad-request");
  for (const Json& item : items) {
    EXPECT_FALSE(item["meaning"].get<std::string>().empty());
    EXPECT_FALSE(item["mend"].get<std::string>().empty());
  }
}

TEST(Errors, AProblemFromBelowGetsTheGeneralTypeOfItsStatus) {
  Told told = world_told(with_type(http::Response::problem(404, "no such hook")));
  EXPECT_EQ(told.json()["type"], "/docs/errors#not-found");
  EXPECT_EQ(told.json()["detail"], "no such hook");
  http::Response other{.status = 404};
  other.body = std::string("{}");
  EXPECT_EQ(std::get<std::string>(with_type(other).body), "{}");
}

}  // namespace
}  // namespace stet::api
