#include "tests/api/contract/contract_world.h"

#include <algorithm>
#include <array>
#include <set>

namespace stet::api {
namespace {

using auth::Role;

storage::TestRepository::Files rich_site() {
  auto files = World::small_site();
  files["_config.yml"] +=
      "# Open to all.\nstet:\n  api:\n    anonymous: true\ncollections:\n  books:\n    output: "
      "true\n";
  files["_drafts/idea.md"] = "---\ntitle: Idea\nauthor: author\n---\nNot yet.\n";
  files["_posts/2020-01-05-filed.md"] = "---\ntitle: Filed\ncategories: [news]\n---\nNews.\n";
  files["_books/one.md"] = "---\ntitle: One\n---\nA book.\n";
  files["_data/team.yml"] = "- name: Ann\n";
  files["_data/people.csv"] = "name,role\nAnn,chair\n";
  files["_data/nav.json"] = "{\"a\": 1}\n";
  files["_data/event.yml"] =
      "title: Days\nstart: 2020-10-12\ntime_zone: UTC\n"
      "rooms: [Main, {name: Side, capacity: 20}]\ntracks: [Maps, Code]\ntypes: [talk, break]\n";
  files["_schedule/talk.md"] =
      "---\ntitle: Talk\nstart: 2020-10-12 10:00:00\nend: 2020-10-12 11:00:00\nuid: a@b\n"
      "room: Main\ntrack: Maps\ntype: talk\nspeakers: [ann]\n---\n";
  files["_speakers/bob.md"] = "---\ntitle: Bob\n---\n";
  files["_speakers/ann.md"] = "---\ntitle: Ann\n---\nShe speaks.\n";
  files["assets/a.txt"] = "text\n";
  files["assets/words.vtt"] = "WEBVTT\n";
  files["assets/dot.png"] = std::string("\x89PNG\r\n\x1a\n\0\0", 10);
  return files;
}

constexpr std::string_view kInChange =
    R"({"path": "notes/of-the-change.txt", "content": "It is edited.\n"})";

constexpr std::array kSteps = std::to_array<Step>({
    {"delete_change", "POST", "/api/v1/changes/{id}/withdraw", ""},
    {"reopen_change", "POST", "/api/v1/changes/{id}/withdraw", ""},
    {"publish_change", "POST", "/api/v1/files?change={id}", kInChange},
    {"unschedule_change", "POST", "/api/v1/files?change={id}", kInChange},
    {"unschedule_change",
     "POST",
     "/api/v1/changes/{id}/publish",
     R"({"at": "2023-12-01T00:00:00Z"})"},
    {"patch_comment", "POST", "/api/v1/changes/{id}/comments", R"({"body": "Is it?"})"},
    {"delete_comment", "POST", "/api/v1/changes/{id}/comments", R"({"body": "Is it?"})"},
    {"dismiss_review",
     "POST",
     "/api/v1/changes/{id}/reviews",
     R"({"verdict": "ask", "body": "Shorter."})"},
    {"read_delivery", "POST", "/api/v1/webhooks/{id}/ping", ""},
    {"replay_deliveries", "POST", "/api/v1/webhooks/{id}/ping", ""},
});

}  // namespace

std::shared_ptr<World> contract_world(const Operation& operation) {
  if (operation.id() != "search") return std::make_shared<World>(rich_site());
  auto world = std::make_shared<SearchWorld>(rich_site());
  world->follow_search();
  return world;
}

Hints hints_of(const std::string& head) {
  return {
      {"If-Match", {"*", "\"" + head + "\"", "\"other\""}},
      {"If-None-Match", {"*", "\"x\""}},
      {"Prefer", {"wait", "respond-async"}},
      {"accept", {"*/*"}},
      {"base", {"main"}},
      {"commit", {head, "main"}},
      {"content", {"text\n"}},
      {"content_base64", {"aGVsbG8="}},
      {"cursor", {"x"}},
      {"date", {"2020-01-02"}},
      {"expand", {"url", "html,excerpt", "related,problems,derived"}},
      {"fields", {"path", "path,front_matter.title"}},
      {"from", {"main", head}},
      {"if_match", {"*", "\"" + head + "\""}},
      {"label", {"books"}},
      {"limit", {"1", "20"}},
      {"login", {"admin", "nobody"}},
      {"mail", {"new@example.org", "other@example.org"}},
      {"name", {"2020-01-01-first", "new"}},
      {"new", {"another good password"}},
      {"new name", {"2020-03-03-new", "new", "new.csv", "a/b"}},
      {"old", {World::kPassword}},
      {"on_stale", {"merge"}},
      {"op", {"add", "replace", "test", "remove"}},
      {"password", {World::kPassword}},
      {"path", {"about.md", "_posts/2020-01-01-first.md", "_data/team.yml", "new.md"}},
      {"pointer", {"/front_matter/title", "/body"}},
      {"q", {"body", "first", "tag:b"}},
      {"ref", {"main", head}},
      {"resource", {"posts", "pages", "data"}},
      {"resources", {"posts", "schedule/sessions"}},
      {"role", {"editor", "author"}},
      {"scopes", {"content:read"}},
      {"secret", {"whsec_" + std::string(32, 'A')}},
      {"since", {head, "2020-01-01T00:00:00Z"}},
      {"sign_in/login", {"second"}},
      {"sort", {"title", "-date,title"}},
      {"take", {"ours", "theirs"}},
      {"to", {"main", "_posts/2020-01-09-moved.md"}},
      {"types", {"entry.updated", "site.*"}},
      {"url", {"https://hooks.example/in", "/first/", "/"}},
      {"create_comment/commit", {head}},
      {"create_collections/", {R"({"front_matter": {"title": "Two"}, "body": "Another.\n"})"}},
      {"create_files/", {R"({"path": "new.txt", "content": "It is new.\n"})"}},
      {"create_media/",
       {R"("WEBVTT\n\nNOTE New\n")",
        R"({"file": ["WEBVTT\n\nNOTE One\n", "WEBVTT\n\nNOTE Two\n"]})"}},
      {"create_review/", {R"({"verdict": "ask", "body": "Shorter."})"}},
      {"create_media/duplicate", {"allow"}},
      {"create_media/folder", {"assets/media"}},
      {"create_media/name", {"note.txt", "plan.txt"}},
      {"create_user/name", {"newcomer", "another"}},
      {"make_commit/",
       {R"({"actions": [{"action": "create", "path": "a.txt", "content": "A\n"},)"
        R"({"action": "patch", "path": "about.md", "if_match": "*",)"
        R"( "front_matter": {"title": "Us"}}], "message": "Two"})"}},
      {"make_preview/of", {head}},
      {"preview_unsaved/",
       {R"({"action": "update", "path": "about.md", "front_matter": {"title": "Us"}})",
        R"({"action": "create", "resource": "posts", "front_matter": {"title": "New"}})"}},
      {"read_media/name", {"assets/dot.png", "assets/words.vtt"}},
      {"media_content/name", {"assets/dot.png", "assets/words.vtt"}},
      {"replace_media/name", {"assets/words.vtt"}},
      {"replace_media/",
       {R"("WEBVTT\n\nNOTE Other\n")", R"({"file": ["WEBVTT\n\nNOTE Other\n"]})"}},
      {"move_media/name", {"assets/dot.png"}},
      {"move_media/", {R"({"name": "moved.png"})", R"({"path": "pictures/dot.png"})"}},
      {"delete_media/name", {"assets/dot.png", "assets/words.vtt"}},
      {"publish_change/at", {"2023-12-01T00:00:00Z"}},
      {"publish_change/head", {""}},
      {"schema/name", {"posts", "pages"}},
      {"copy_session/", {R"({"session": "talk", "start": null})"}},
      {"move_sessions/",
       {R"({"moves": [{"session": "talk", "if_match": "*", "start": "2020-10-12T12:00"}]})"}},
      {"on_use", {"clear", "refuse"}},
      {"day", {"2020-10-12"}},
      {"room", {"Main"}},
      {"speaker", {"ann"}},
      {"status", {"confirmed"}},
      {"track", {"Maps"}},
      {"list_schedule_sessions/from", {"2020-10-12T09:00"}},
      {"schedule_clashes/from", {"2020-10-12T09:00"}},
      {"schedule_slots/first", {"2020-10-12"}},
      {"schedule_slots/from", {"09:00"}},
      {"schedule_slots/last", {"2020-10-13"}},
      {"schedule_slots/rooms", {"Main", "Main,Side"}},
      {"schedule_slots/session", {"talk"}},
      {"schedule_slots/speakers", {"ann"}},
      {"schedule_slots/until", {"18:00"}},
      {"shift_sessions/", {R"({"minutes": 30})"}},
      {"shift_sessions/from", {"2020-10-12T09:00"}},
      {"until", {"2020-10-14"}},
      {"rename_categories/from", {"news"}},
      {"rename_categories/to", {"stories"}},
      {"rename_tags/from", {"a", "b"}},
      {"rename_tags/to", {"c"}},
      {"replace_config/", {R"({"title": "Other", "permalink": "/:title/"})"}},
      {"replace_schedule_event/",
       {R"({"title": "Days", "start": "2020-10-12", "time_zone": "UTC"})"}},
      {"replay_deliveries/", {R"({"since": "2020-01-01T00:00:00Z"})", R"({"delivery": 1})"}},
      {"revert/commit", {head, "main"}},
  };
}

std::vector<Step> steps_of(const Operation& operation) {
  std::string id = operation.json->value("operationId", "");
  std::vector<Step> steps;
  for (const Step& step : kSteps) {
    if (step.operation == id) steps.push_back(step);
  }
  return steps;
}

Callers callers_of(World& world) {
  auto bearing = [](std::string name, const std::string& token) {
    return Caller{std::move(name), {{"Authorization", "Bearer " + token}}};
  };
  Callers callers;
  callers.nobody = {"nobody", {}};
  callers.reads = bearing("a token that reads", world.token("content:read"));
  callers.server = bearing("the server's token", world.token("admin"));
  for (Role role : {Role::kReader, Role::kAuthor, Role::kMaintainer}) {
    auto user = world.person(std::string(auth::name_of(role)), role);
    callers.people.push_back(bearing("a " + user.name, world.token_of(user)));
  }
  world.person("second", Role::kAdmin);
  callers.session = {"second, signed in", world.signed_in("second")};
  return callers;
}

bool needs_more_than_requests(const std::string& operation) {
  static const std::set<std::string> kAll = {
      "begin_at_provider",
      "finish_at_provider",
      "finish_second_factor",
      "prove_second_factor",
      "release_rollback",
      "remote",
      "renew_recovery_codes",
      "rollback",
      "run_target",
      "sync_remote",
      "unbind_own_identity",
      "unbind_user_identity",
      "use_reset",
  };
  return kAll.contains(operation);
}

}  // namespace stet::api
