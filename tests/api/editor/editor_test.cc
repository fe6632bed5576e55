// The editor as browsers get it, on the admin origin.

#include "api/editor/editor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/editor/built_editor.h"
#include "tests/api/routes/world.h"

namespace stet::editor {
namespace {

using api::Asked;
using api::Told;
using ::testing::HasSubstr;
using ::testing::Not;

// An admin origin with this editor.
class Served {
 public:
  explicit Served(std::unique_ptr<const Bundle> bundle = *bundle_of(built_files()))
      : editor_(std::move(bundle), random_) {
    std::vector<api::Mount> mounts;
    mounts.push_back({std::string(Editor::kPrefix),
                      [this](const http::Request& request) { return editor_.answer(request); }});
    std::string home = editor_.is_there() ? std::string(Editor::kHome) : "";
    site_ = std::make_unique<api::AdminSite>(
        *world_.backend, std::move(mounts), api::AdminOptions{.home = home});
  }

  Told ask(const Asked& asked) {
    http::Response response = site_->answer(request_of(asked));
    Told told{response.status, response.headers, ""};
    if (auto* text = std::get_if<std::string>(&response.body)) told.body = *text;
    if (auto* bytes = std::get_if<std::shared_ptr<const std::string>>(&response.body)) {
      told.body = **bytes;
    }
    return told;
  }
  Told get(const std::string& target, std::map<std::string, std::string> headers = {}) {
    return ask({.target = target, .headers = std::move(headers)});
  }

 private:
  api::World world_;
  api::DistinctRandom random_;
  Editor editor_;
  std::unique_ptr<api::AdminSite> site_;
};

std::string nonce_of(const Told& told) {
  std::string policy = told.header("Content-Security-Policy");
  std::size_t start = policy.find("'nonce-");
  if (start == policy.npos) return "";
  start += 7;
  return policy.substr(start, policy.find('\'', start) - start);
}

TEST(Editor, ThePageHasExactlyTheHeadersOfAStrictOne) {
  Served served;
  Told told = served.get("/admin/");
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(told.header("Content-Type"), "text/html; charset=utf-8");
  std::string own = "'self' 'nonce-" + nonce_of(told) + "'";
  EXPECT_EQ(told.header("Content-Security-Policy"),
            "default-src 'none'; script-src " + own + "; style-src " + own +
                "; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; "
                "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
                "require-trusted-types-for 'script'; trusted-types svelte-trusted-html "
                "stet-preview");
  EXPECT_EQ(told.header("Cache-Control"), "no-store");
  EXPECT_EQ(told.header("ETag"), "");
  EXPECT_EQ(told.header("Cross-Origin-Opener-Policy"), "same-origin");
  EXPECT_EQ(told.header("Cross-Origin-Resource-Policy"), "same-origin");
  EXPECT_EQ(told.header("Origin-Agent-Cluster"), "?1");
  EXPECT_EQ(told.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(told.header("X-Frame-Options"), "DENY");
  EXPECT_EQ(told.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(told.header("X-Robots-Tag"), "noindex, nofollow");
  EXPECT_THAT(told.header("Permissions-Policy"), HasSubstr("camera=()"));
  EXPECT_THAT(told.header("Content-Security-Policy"), Not(HasSubstr("unsafe")));
}

TEST(Editor, EachAnswerHasANonceOfItsOwnInPageAndPolicy) {
  Served served;
  std::string first = nonce_of(served.get("/admin/"));
  Told told = served.get("/admin/");
  std::string nonce = nonce_of(told);
  EXPECT_EQ(nonce.size(), 24);
  EXPECT_NE(nonce, first);
  EXPECT_THAT(told.body, HasSubstr("src=\"./assets/index-Bx3f.js\" nonce=\"" + nonce + "\""));
  EXPECT_THAT(told.body, HasSubstr("csp-nonce\" nonce=\"" + nonce + "\""));
  EXPECT_THAT(told.body, Not(HasSubstr("__STET_NONCE__")));
}

TEST(Editor, FilesWithAHashInTheirNameAreKeptForAYear) {
  Served served;
  Told told = served.get("/admin/assets/index-Bx3f.js");
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(told.header("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(told.header("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(told.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(told.header("Content-Encoding"), "");
  EXPECT_EQ(told.body, built_files()["assets/index-Bx3f.js"]);
  EXPECT_EQ(served.get("/admin/assets/index-C0de.css").header("Content-Type"),
            "text/css; charset=utf-8");
  EXPECT_EQ(served.get("/admin/assets/face-D1ce.woff2").header("Content-Type"), "font/woff2");
  Told icon = served.get("/admin/icon.svg");
  EXPECT_EQ(icon.header("Content-Type"), "image/svg+xml");
  EXPECT_EQ(icon.header("Cache-Control"), "no-cache");
  EXPECT_THAT(icon.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
}

TEST(Editor, AFileIsSentInTheFormThatTheBrowserLikesBest) {
  Served served;
  const std::string path = "/admin/assets/index-Bx3f.js";
  Told plain = served.get(path);
  std::set<std::string> tags = {plain.header("ETag")};
  for (const char* form : {"gzip", "br"}) {
    Told told = served.get(path, {{"Accept-Encoding", form}});
    EXPECT_EQ(told.header("Content-Encoding"), form);
    EXPECT_LT(told.body.size(), plain.body.size() / 4);
    EXPECT_TRUE(tags.insert(told.header("ETag")).second) << form;
    Told again =
        served.get(path, {{"Accept-Encoding", form}, {"If-None-Match", told.header("ETag")}});
    EXPECT_EQ(again.status, 304) << form;
    EXPECT_EQ(again.body, "") << form;
    EXPECT_EQ(again.header("ETag"), told.header("ETag"));
    EXPECT_EQ(again.header("Cache-Control"), "public, max-age=31536000, immutable");
  }
  // What another form is known by is not this one.
  EXPECT_EQ(
      served.get(path, {{"Accept-Encoding", "br"}, {"If-None-Match", plain.header("ETag")}}).status,
      200);
}

TEST(Editor, PreconditionsOfFilesAreAsked) {
  Served served;
  const std::string path = "/admin/assets/index-C0de.css";
  EXPECT_EQ(served.get(path, {{"If-Match", "\"other\""}}).status, 412);
  EXPECT_EQ(served.get(path, {{"If-Match", "no tag"}}).status, 400);
}

TEST(Editor, ReadsAreAllThatThereIs) {
  Served served;
  for (const char* target : {"/admin/", "/admin", "/admin/icon.svg"}) {
    Told told = served.ask({.method = "POST", .target = target});
    EXPECT_EQ(told.status, 405) << target;
    EXPECT_EQ(told.header("Allow"), "GET, HEAD") << target;
    EXPECT_LT(served.ask({.method = "HEAD", .target = target}).status, 400) << target;
  }
}

TEST(Editor, WhatIsNotInTheFolderIsNotThere) {
  Served served;
  for (const char* target : {"/admin/index.html",
                             "/admin/assets/",
                             "/admin/assets",
                             "/admin/assets/other.js",
                             "/admin/..%2f..%2fetc/passwd",
                             "/admin/assets/..%2f..%2f..%2fetc/passwd",
                             "/admin/%2e%2e/%2e%2e/etc/passwd",
                             "/admin/assets/%5c..%5cindex.html",
                             "/admin/ICON.SVG",
                             "/admin/icon.svg/",
                             "/admin/icon.svg%20",
                             "/admin/%ff",
                             "/adminx",
                             "/admin/posts"}) {
    EXPECT_EQ(served.get(target).status, 404) << target;
  }
}

TEST(Editor, WithoutASlashItIsToldWhereItIs) {
  Served served;
  Told told = served.get("/admin?sign_in=code");
  EXPECT_EQ(told.status, 308);
  EXPECT_EQ(told.header("Location"), "/admin/?sign_in=code");
}

TEST(Editor, BrowsersAtTheRootAreSentThere) {
  Served served;
  Told told = served.get("/?sign_in_error=denied",
                         {{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}});
  EXPECT_EQ(told.status, 302);
  EXPECT_EQ(told.header("Location"), "/admin/?sign_in_error=denied");
  EXPECT_EQ(told.header("Vary"), "Accept");
  EXPECT_EQ(told.header("Cache-Control"), "no-store");
  EXPECT_EQ(served.get("/", {{"Accept", "*/*"}}).status, 200);
  EXPECT_EQ(served.get("/").status, 200);
}

TEST(Editor, ThatIsNotThereSaysHowToBuildIt) {
  Served served(nullptr);
  Told told = served.get("/admin/");
  EXPECT_EQ(told.status, 503);
  EXPECT_EQ(told.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(told.body, HasSubstr("./dev build"));
  EXPECT_THAT(told.body, HasSubstr("STET_EDITOR"));
  EXPECT_EQ(served.get("/admin/assets/index-Bx3f.js").status, 404);
  EXPECT_EQ(served.get("/", {{"Accept", "text/html"}}).status, 200);
}

}  // namespace
}  // namespace stet::editor
