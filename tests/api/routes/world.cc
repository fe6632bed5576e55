#include "tests/api/routes/world.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "api/http/url.h"
#include "api/routes/openapi.h"
#include "api/routes/problem_type.h"
#include "api/routes/reset_page.h"
#include "cms/generate/generate.h"
#include "tests/api/contract/schema_check.h"

namespace stet::api {
namespace {

template <typename T>
T must(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().message;
    std::abort();
  }
  return std::move(*result);
}

std::string text_of(const http::ResponseBody& body) {
  if (auto* text = std::get_if<std::string>(&body)) return *text;
  if (auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body)) {
    return *shared ? **shared : "";
  }
  return "";
}

// Whatever a test meets: a problem is of a type that the catalogue has.
void expect_type(const http::Response& response) {
  if (response.headers.find("Content-Type") != "application/problem+json") return;
  Json json = Json::parse(text_of(response.body), nullptr, false);
  const auto& types = problem_types();
  EXPECT_TRUE(std::any_of(types.begin(),
                          types.end(),
                          [&](const ProblemRow& row) {
                            return json.is_object() && json.value("type", "") == address_of(row);
                          }))
      << "a problem of no type: " << json.dump();
}

Told told(http::Response response) {
  expect_type(response);
  return {response.status, response.headers, text_of(response.body)};
}

// Whatever a test is about: what a problem says is in the document.
void expect_known_members(const Told& told) {
  if (told.header("Content-Type") != "application/problem+json") return;
  static const Json kDocument = openapi_document("0");
  const Json kSchema = {{"$ref", "#/components/schemas/Problem"}};
  EXPECT_EQ(SchemaCheck(kDocument).fault_of(told.json(), kSchema), "") << told.body;
}

}  // namespace

http::Request request_of(const Asked& asked) {
  http::Target target = must(http::parse_target(asked.target));
  http::Request request;
  request.method = asked.method;
  request.target = asked.target;
  request.path = target.path;
  request.has_utf8_path = target.has_utf8_path;
  request.query = target.query;
  for (const auto& [name, value] : asked.headers) request.headers.add(name, value);
  request.body = http::Body(asked.body);
  request.peer_address = asked.address;
  request.request_id = "test";
  return request;
}

storage::TestRepository::Files World::small_site() {
  return {
      {"_config.yml", "title: Small\nurl: http://example.org\npermalink: /:title/\n"},
      {"_layouts/default.html", "<html><h1>{{ page.title }}</h1>{{ content }}</html>\n"},
      {"index.html",
       "---\nlayout: default\ntitle: Start\n---\n"
       "{% for post in site.posts %}<li>{{ post.title }}</li>{% endfor %}\n"},
      {"bodies.html", "---\n---\n{% for post in site.posts %}{{ post.content }}{% endfor %}\n"},
      {"about.md", "---\nlayout: default\ntitle: About\n---\nAbout us.\n"},
      {"_posts/2020-01-01-first.md",
       "---\nlayout: default\ntitle: First # the oldest\ndate: 2020-01-01 10:00:00 +0000\n"
       "tags: [a, b]\n---\n\nFirst body.\n"},
      {"_posts/2020-02-02-second.md",
       "---\nlayout: default\ntitle: Second\ntags: [b]\n---\nSecond body.\n"},
  };
}

World::World(const storage::TestRepository::Files& files,
             pipeline::PipelineOptions options,
             AdminOptions admin)
    : admin_(std::move(admin)) {
  repository.commit(files.empty() ? small_site() : files);
  const std::filesystem::path& folder = state.path();
  ledger = must(storage::Ledger::open(folder / "ledger.sqlite"));
  store = must(publish::Store::open(folder / "pages"));
  publisher = must(publish::Publisher::open(folder / "live"));
  committer = must(storage::Committer::open(repository.repository(), {}, clock));
  options.site.generate = generate::generated;
  options.tell = [this](const pipeline::News& told) { news.tell(told); };
  pipeline = std::make_unique<pipeline::Pipeline>(
      repository.repository(), *store, *publisher, clock, std::move(options));
  serve();
  variants = std::make_unique<publish::Variants>(*store);
  public_site = std::make_unique<PublicSite>(*pipeline, *publisher, *store, *variants);
  must(pipeline->publish_head("main"));
  all_scopes_ = token("admin");
}

World::~World() = default;

void World::serve() {
  webhooks.reset();
  webhook_store = must(storage::Webhooks::open(state.path() / "ledger.sqlite"));
  webhooks = must(webhooks::Dispatcher::open(
      {.store = *webhook_store,
       .repository = repository.repository(),
       .publisher = *publisher,
       .clock = clock,
       .random = random,
       .note = [](std::string_view) {},
       .tell = [this](auto type, auto json) { events.tell(type, json); }},
      storage::AddressFilter({must(Network::parse("127.0.0.0/8"))}),
      {.agent = "stet/test"}));
  people = must(storage::People::open(state.path() / "ledger.sqlite"));
  door = std::make_unique<auth::Door>(
      *people, clock, random, auth::SessionLimits(), PasswordCost{.memory_kib = 8, .passes = 1});
  tokens = std::make_unique<auth::Tokens>(*ledger, clock, random);
  keys = std::make_unique<IdempotencyKeys>(*ledger, repository.repository(), clock);
  change_work.reset();
  backend.reset(new Backend{repository.repository(),
                            *committer,
                            *pipeline,
                            *publisher,
                            *store,
                            *tokens,
                            *keys,
                            clock,
                            [this] { ++soon; },
                            [](std::string_view) {},
                            "0.0.0",
                            &events,
                            &tickets,
                            &requests});
  backend->admin_url = "http://cms.example:4001";
  backend->commits = &commits_told;
  backend->webhooks = webhooks.get();
  backend->door = door.get();
  backend->presence = &presence;
  change_work = must(ChangeWork::make(
      *backend, {.commits = {}, .ledger = state.path() / "ledger.sqlite", .random = random}));
  past_site = std::make_unique<PastSite>(*backend);
  std::vector<Mount> mounts;
  mounts.push_back({PastSite::kPrefix,
                    [this](const http::Request& request) { return past_site->answer(request); }});
  mounts.push_back({ResetPage::kPrefix, [page = ResetPage(*backend)](const http::Request& request) {
                      return page.answer(request);
                    }});
  mounts.push_back({std::string(docs::Guide::kPrefix),
                    [this](const http::Request& request) { return guide.answer(request); }});
  admin_site = std::make_unique<AdminSite>(*backend, std::move(mounts), admin_);
}

void World::restart() {
  admin_site.reset();
  ledger = must(storage::Ledger::open(state.path() / "ledger.sqlite"));
  ASSERT_TRUE(ledger->release_unfinished_keys());
  serve();
}

std::string World::token(std::string_view scopes) {
  auto created =
      must(tokens->create({.name = "test", .scopes = must(auth::ScopeSet::parse(scopes))}));
  return created.secret;
}

storage::UserRow World::person(const std::string& name, auth::Role role) {
  auto user = must(door->accounts.create(
      {.name = name, .mail = name + "@example.org", .role = role}, {"test", ""}));
  EXPECT_TRUE(door->accounts.set_password(user, kPassword, "", {"test", ""}));
  return must(people->find(user.id));
}

std::string World::token_of(const storage::UserRow& user, std::string_view scopes) {
  return must(tokens->create({.name = user.name + "'s",
                              .scopes = must(auth::ScopeSet::parse(scopes)),
                              .user = user.id}))
      .secret;
}

std::map<std::string, std::string> World::signed_in(const std::string& login) {
  Json body = {{"login", login}, {"password", kPassword}};
  Told told = admin({.method = "POST",
                     .target = "/api/v1/session",
                     .body = body.dump(),
                     .headers = {{"Content-Type", "application/json"}}});
  EXPECT_EQ(told.status, 201) << told.body;
  std::string cookie = told.header("Set-Cookie");
  return {{"Cookie", cookie.substr(0, cookie.find(';'))},
          {"X-CSRF-Token", told.json().value("csrf", "")}};
}

Told World::admin(Asked asked) {
  Told answer = told(admin_site->answer(request_of(asked)));
  expect_known_members(answer);
  return answer;
}

Told World::api(Asked asked) {
  asked.target = "/api/v1" + asked.target;
  if (!asked.headers.contains("Cookie")) {
    asked.headers.emplace("Authorization", "Bearer " + all_scopes_);
  }
  if (!asked.body.empty()) {
    asked.headers.emplace(
        "Content-Type",
        asked.method == "PATCH" ? "application/merge-patch+json" : "application/json");
  }
  return admin(std::move(asked));
}

Told World::site(Asked asked) { return told(public_site->answer(request_of(asked))); }

std::string World::page(std::string_view path) {
  Told answer = site({.target = std::string(path)});
  return answer.status == 200 ? answer.body : std::to_string(answer.status);
}

std::string World::tag_of(const std::string& target) {
  return api({.target = target}).header("ETag");
}

Told World::patch(const std::string& target, const std::string& json, std::string tag) {
  if (tag.empty()) tag = tag_of(target.substr(0, target.find('?')));
  return api({.method = "PATCH", .target = target, .body = json, .headers = {{"If-Match", tag}}});
}

std::map<std::string, dirty::Reasons> World::rendered() {
  std::map<std::string, dirty::Reasons> pages;
  auto last = must(pipeline->publish_head("main"));  // is live already: the last answer again
  for (const pipeline::DirtyPage& page : last->pages) pages[page.path] = page.reasons;
  return pages;
}

std::string World::file(const std::string& path) {
  return repository.git({"show", "main:" + path});
}

std::string World::head() {
  std::string hex = repository.git({"rev-parse", "main"});
  while (hex.ends_with('\n')) hex.pop_back();
  return hex;
}

std::size_t World::commits() {
  return static_cast<std::size_t>(std::stoul(repository.git({"rev-list", "--count", "main"})));
}

}  // namespace stet::api
