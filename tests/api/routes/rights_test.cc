// Who may what, over every route of the table and over files of every kind: what the table of roles
// denies is refused, and what it allows is not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/routes/route.h"
#include "tests/api/auth/rights_matrix.h"
#include "tests/api/routes/sample_path.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using auth::Role;
using ::testing::HasSubstr;

// By hand, from what a route is about: the least of the roles that may.
Role least_role(const Route& route) {
  if (route.scope == auth::Scope::kAdmin) return Role::kAdmin;
  if (route.needs_some_write) return Role::kAuthor;
  if (route.method == "GET") return Role::kReader;
  if (route.area == auth::Area::kMedia) return Role::kAuthor;
  if (route.scope == auth::Scope::kPostsWrite && !route.resource) return Role::kEditor;
  if (!route.resource) return Role::kReader;
  std::string_view name = route.resource->name;
  if (name == "drafts") return Role::kAuthor;
  bool is_theme = name == "files" || name == "data" || name == "config";
  return is_theme ? Role::kMaintainer : Role::kEditor;
}

TEST(Rights, OfATokenAreThoseOfItsOwnersRoleOnEveryRoute) {
  World world;
  for (const auto& [role, letter] : auth::kEachRole) {
    auto user = world.person("r" + std::string(auth::name_of(role)), role);
    std::string authorization = "Bearer " + world.token_of(user);
    for (const Route& route : routes()) {
      if (route.is_anonymous || route.needs_session) continue;
      Told told = world.admin({.method = route.method,
                               .target = sample_path(route),
                               .headers = {{"Authorization", authorization}}});
      bool is_allowed = role >= least_role(route);
      EXPECT_EQ(told.status != 403, is_allowed)
          << auth::name_of(role) << " " << route.method << " " << route.pattern << " " << told.body;
      EXPECT_NE(told.status, 401) << route.pattern;
      EXPECT_LT(told.status == 503 ? 0 : told.status, 500) << route.pattern << told.body;
    }
  }
}

TEST(Rights, OfASessionAreThoseOfTheRoleOnEveryRoute) {
  World world;
  world.person("root", Role::kAdmin);
  for (const auto& [role, letter] : auth::kEachRole) {
    auto user = world.person("s" + std::string(auth::name_of(role)), role);
    std::map<std::string, std::string> headers;
    for (const Route& route : routes()) {
      if (route.is_anonymous) continue;
      bool is_signed_in = !headers.empty() && world.people->sessions(user.id, {0})->size() > 0;
      if (!is_signed_in) headers = world.signed_in(user.name);
      Told told =
          world.admin({.method = route.method, .target = sample_path(route), .headers = headers});
      bool is_allowed = route.needs_session || role >= least_role(route);
      EXPECT_EQ(told.status != 403, is_allowed)
          << auth::name_of(role) << " " << route.method << " " << route.pattern << " " << told.body;
      EXPECT_NE(told.status, 401) << route.pattern;
    }
  }
}

TEST(Rights, ASessionChangesNothingWithoutItsCsrfTokenOnAnyRoute) {
  World world;
  world.person("root", Role::kAdmin);
  auto headers = world.signed_in("root");
  auto other = headers;
  other["X-CSRF-Token"] = std::string(43, 'A');
  std::map<std::string, std::string> none = {{"Cookie", headers["Cookie"]}};
  for (const Route& route : routes()) {
    if (route.is_anonymous || route.method == "GET") continue;
    for (const auto& sent : {none, other}) {
      Told told =
          world.admin({.method = route.method, .target = sample_path(route), .headers = sent});
      EXPECT_EQ(told.status, 403) << route.method << " " << route.pattern;
      EXPECT_THAT(told.body, HasSubstr("X-CSRF-Token"));
    }
    for (const auto& [name, value] : {std::pair("Origin", "http://evil.example"),
                                      std::pair("Origin", "null"),
                                      std::pair("Sec-Fetch-Site", "cross-site"),
                                      std::pair("Sec-Fetch-Site", "same-site")}) {
      auto sent = headers;
      sent["Host"] = "admin.example:4001";
      sent[name] = value;
      Told told =
          world.admin({.method = route.method, .target = sample_path(route), .headers = sent});
      EXPECT_EQ(told.status, 403) << route.pattern << " " << value;
    }
  }
  EXPECT_EQ(world.admin({.target = "/api/v1/session", .headers = none}).status, 200);
}

storage::TestRepository::Files matrix_site() {
  storage::TestRepository::Files files;
  for (const auth::MatrixFile& file : auth::kMatrixFiles) {
    files[std::string(file.path)] = std::string(file.before);
  }
  return files;
}

Told change_file(World& world,
                 const std::string& token,
                 const auth::MatrixFile& file,
                 std::string_view target) {
  Json action = {
      {"action", "update"}, {"path", file.path}, {"content", file.after}, {"if_match", "*"}};
  Json body = {{"actions", Json::array({action})}};
  return world.api({.method = "POST",
                    .target = std::string(target),
                    .body = body.dump(),
                    .headers = {{"Authorization", "Bearer " + token}}});
}

TEST(Rights, OfEachRoleReachTheFilesThatTheTableSays) {
  World world(matrix_site());
  for (const auto& [role, letter] : auth::kEachRole) {
    // The files name one author, jo; to all others it is the same who they are.
    auto user = world.person(role == Role::kAuthor ? "jo" : std::string(auth::name_of(role)), role);
    std::string token = world.token_of(user);
    for (const auth::MatrixFile& file : auth::kMatrixFiles) {
      Told told = change_file(world, token, file, "/commits?dry_run=1");
      bool is_allowed = file.who.find(letter) != std::string_view::npos;
      EXPECT_EQ(told.status, is_allowed ? 200 : 403)
          << auth::name_of(role) << " " << file.path << " " << told.body;
    }
  }
  EXPECT_EQ(world.commits(), 1u);
}

TEST(Rights, AnAuthorWritesDraftsOfTheirOwnThroughEveryDoor) {
  World world(matrix_site());
  std::string token = world.token_of(world.person("jo", Role::kAuthor));
  std::map<std::string, std::string> headers = {{"Authorization", "Bearer " + token}};
  Told made = world.api({.method = "POST",
                         .target = "/drafts",
                         .body = R"({"front_matter": {"title": "New"}, "body": "Hello."})",
                         .headers = headers});
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.json()["entry"]["front_matter"]["author"], "jo");
  std::string path = made.json()["entry"]["path"];
  EXPECT_THAT(world.repository.git({"log", "-1", "--format=%an <%ae>%n%B"}),
              HasSubstr("jo <jo@example.org>"));
  EXPECT_THAT(world.repository.git({"log", "-1", "--format=%B"}),
              HasSubstr("\n\nStet-User: jo\nStet-Token: "));
  auto act = [&](Json action) {
    Json body = {{"actions", Json::array({std::move(action)})}};
    return world.api(
        {.method = "POST", .target = "/commits", .body = body.dump(), .headers = headers});
  };
  // Nobody publishes by a move, and nobody takes what is another's.
  EXPECT_EQ(act({{"action", "move"},
                 {"path", path},
                 {"if_match", "*"},
                 {"to", "_posts/2020-01-05-new.md"}})
                .status,
            403);
  EXPECT_EQ(
      act({{"action", "move"}, {"path", "_drafts/taken.md"}, {"if_match", "*"}, {"slug", "mine"}})
          .status,
      403);
  EXPECT_EQ(act({{"action", "delete"}, {"path", "_drafts/taken.md"}, {"if_match", "*"}}).status,
            403);
  EXPECT_EQ(
      act({{"action", "delete"}, {"path", "_posts/2020-01-01-x.md"}, {"if_match", "*"}}).status,
      403);
  EXPECT_EQ(world.commits(), 2u);
  headers["If-Match"] = "*";
  Told foreign = world.api({.method = "PATCH",
                            .target = "/drafts/taken",
                            .body = R"({"front_matter": {"author": "jo"}})",
                            .headers = headers});
  EXPECT_EQ(foreign.status, 403) << foreign.body;
  EXPECT_THAT(foreign.body, HasSubstr("author: jo"));
  Told own = world.api({.method = "PATCH",
                        .target = "/drafts/own",
                        .body = R"({"front_matter": {"title": "Better"}})",
                        .headers = headers});
  EXPECT_EQ(own.status, 200) << own.body;
  EXPECT_EQ(world.api({.method = "DELETE", .target = "/drafts/own", .headers = headers}).status,
            200);
}

TEST(Rights, ADraftGivenAwayIsAnotherAuthorsBeforeTheSiteShowsIt) {
  World world(matrix_site());
  Told given = world.api({.method = "PATCH",
                          .target = "/drafts/own",
                          .body = R"({"front_matter": {"author": "kim"}})",
                          .headers = {{"If-Match", "*"}, {"Prefer", "respond-async"}}});
  ASSERT_EQ(given.status, 202) << given.body;
  std::string token = world.token_of(world.person("jo", Role::kAuthor));
  Told taken = world.api(
      {.method = "PATCH",
       .target = "/drafts/own",
       .body = R"({"body": "Mine."})",
       .headers = {{"Authorization", "Bearer " + token}, {"If-Match", given.header("ETag")}}});
  EXPECT_EQ(taken.status, 403) << taken.body;
}

TEST(Rights, ARevertOfWhatIsAnothersIsRefused) {
  World world(matrix_site());
  Told changed = world.patch("/posts/2020-01-01-x", R"({"front_matter": {"title": "Y"}})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  std::string token = world.token_of(world.person("jo", Role::kAuthor));
  Json body = {{"commit", changed.json()["commit"]}};
  Told told = world.api({.method = "POST",
                         .target = "/revert",
                         .body = body.dump(),
                         .headers = {{"Authorization", "Bearer " + token}}});
  EXPECT_EQ(told.status, 403) << told.body;
}

}  // namespace
}  // namespace stet::api
