// `stet serve -s FOLDER`: what somebody sees who works on a site with an editor and a browser.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/api/http/loopback.h"
#include "tests/fault/server_process.h"
#include "tests/storage/git/test_repository.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class ServedFolder : public testing::Test {
 protected:
  void write(const std::string& path, const std::string& text) {
    fs::create_directories((folder() / path).parent_path());
    std::ofstream(folder() / path, std::ios::binary) << text;
  }

  void serve(std::vector<std::string> more = {}) {
    server_ = fault::ServerProcess::of_folder(folder(), std::move(more));
    ASSERT_TRUE(server_->is_ready());
  }

  std::string get(const std::string& target) {
    return fault::call(server_->port(), "GET", target).body;
  }

  // A browser that has a page open, and has been heard.
  std::unique_ptr<http::Client> browser() {
    auto browser = std::make_unique<http::Client>(server_->port());
    EXPECT_TRUE(browser->send("GET /.stet/changes HTTP/1.1\r\nHost: a\r\n\r\n"));
    std::string heard;
    while (!heard.ends_with("retry:")) {
      std::string byte = browser->receive_bytes(1);
      if (byte.empty()) break;
      heard += byte;
    }
    return browser;
  }

  // Of that browser: everything up to and with the next event's empty line.
  static std::string next_event(http::Client& browser) {
    std::string line, event;
    for (int bytes = 0; bytes < 100'000; ++bytes) {
      std::string byte = browser.receive_bytes(1);
      if (byte.empty()) return event + "(closed)";
      line += byte;
      if (byte != "\n") continue;
      if (line.starts_with("event:") || line.starts_with("data:")) event += line;
      if (line == "\n" && !event.empty()) return event;
      line.clear();
    }
    return event + "(endless)";
  }

  fs::path folder() const { return folder_.path(); }

  storage::TemporaryFolder folder_;
  std::unique_ptr<fault::ServerProcess> server_;
};

TEST_F(ServedFolder, ShowsAChangeAsSoonAsTheFileIsWritten) {
  write("_config.yml", "title: Here\n");
  write("index.md", "---\ntitle: Old\n---\n# {{ page.title }} of {{ site.title }}\n");
  write("other.md", "---\n---\nUntouched.\n");
  serve();
  EXPECT_THAT(get("/"), HasSubstr("Old of Here"));
  auto browser = this->browser();
  write("index.md", "---\ntitle: New\n---\n# {{ page.title }} of {{ site.title }}\n");
  std::string event = next_event(*browser);
  EXPECT_THAT(event, HasSubstr("event: changed\n"));
  EXPECT_THAT(event, HasSubstr("\"/\""));
  EXPECT_THAT(event, Not(HasSubstr("other")));
  EXPECT_THAT(get("/"), HasSubstr("New of Here"));
  write("fresh/page.md", "---\n---\nA file in a folder that was not there.\n");
  EXPECT_THAT(next_event(*browser), HasSubstr("/fresh/page.html"));
  EXPECT_THAT(get("/fresh/page"), HasSubstr("in a folder that was not there"));
  fs::remove_all(folder() / "fresh");
  EXPECT_THAT(next_event(*browser), HasSubstr("/fresh/page.html"));
  EXPECT_EQ(fault::call(server_->port(), "GET", "/fresh/page").status, 404);
  EXPECT_EQ(server_->terminate(), 0);
}

TEST_F(ServedFolder, FollowsAConfigurationThatLiesElsewhere) {
  storage::TemporaryFolder elsewhere;
  fs::path local = elsewhere.path() / "local.yml";
  std::ofstream(local) << "title: There\n";
  write("_config.yml", "title: Here\ncity: Oslo\n");
  write("index.html", "---\n---\n{{ site.title }}, {{ site.city }}");
  serve({"--config", (folder() / "_config.yml").string() + "," + local.string()});
  EXPECT_THAT(get("/"), HasSubstr("There, Oslo"));
  auto browser = this->browser();
  std::ofstream(local) << "title: Elsewhere\n";
  EXPECT_THAT(next_event(*browser), HasSubstr("event: changed\n"));
  EXPECT_THAT(get("/"), HasSubstr("Elsewhere, Oslo"));
  write("_config.yml", "city: Bergen\n");
  EXPECT_THAT(next_event(*browser), HasSubstr("event: changed\n"));
  EXPECT_THAT(get("/"), HasSubstr("Elsewhere, Bergen"));
}

TEST_F(ServedFolder, ShowsTheTimeThatTheConfigurationSays) {
  write("_config.yml", "time: 2031-02-03 04:05:06 +0000\ntimezone: UTC\n");
  write("index.html", "---\n---\n{{ site.time | date: '%F %T' }}");
  serve();
  EXPECT_THAT(get("/"), HasSubstr("2031-02-03 04:05:06"));
  auto browser = this->browser();
  write("_config.yml", "time: 2032-01-01 00:00:00 +0000\ntimezone: UTC\n");
  EXPECT_THAT(next_event(*browser), HasSubstr("event: changed\n"));
  EXPECT_THAT(get("/"), HasSubstr("2032-01-01 00:00:00"));
  write("_config.yml", "time: 2021-01-01 00:00:00 +0000\ntimezone: UTC\n");
  EXPECT_THAT(next_event(*browser), HasSubstr("event: changed\n"));
  EXPECT_THAT(get("/"), HasSubstr("2021-01-01 00:00:00"));
}

TEST_F(ServedFolder, IsNeverWritten) {
  write("index.html", "---\n---\nx\n");
  serve();
  EXPECT_THAT(get("/"), HasSubstr("x\n"));
  EXPECT_EQ(server_->terminate(), 0);
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    names.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(names, testing::ElementsAre("index.html"));
}

TEST_F(ServedFolder, PagesListenForChangesAndFilesOfOtherTypesAreAsTheyAre) {
  write("index.html", "---\n---\n<html><body>x</body></html>\n");
  write("a.txt", "plain </body>\n");
  serve();
  std::string page = get("/");
  EXPECT_THAT(page, HasSubstr("/.stet/changes"));
  EXPECT_LT(page.find("<script>"), page.find("</body>"));
  EXPECT_EQ(get("/a.txt"), "plain </body>\n");
}

TEST_F(ServedFolder, PagesListenInABrowserToo) {
  std::string lines;
  for (int i = 0; i < 200; ++i) lines += "<p>Line " + std::to_string(i) + ".</p>\n";
  write("index.html", "---\n---\n<html><body>" + lines + "</body></html>\n");
  serve();
  for (const char* coding : {"gzip", "br", "gzip, deflate, br, zstd"}) {
    std::string field = "Accept-Encoding: " + std::string(coding);
    fault::Answer answer = fault::call(server_->port(), "GET", "/", {field});
    EXPECT_EQ(answer.headers["content-encoding"], "") << coding;
    EXPECT_THAT(answer.body, HasSubstr("<p>Line 199.</p>")) << coding;
    EXPECT_THAT(answer.body, HasSubstr("/.stet/changes")) << coding;
  }
}

TEST_F(ServedFolder, LiesBelowItsBaseurlAsLinksExpectIt) {
  write("_config.yml", "baseurl: /below\n");
  write("index.html", "---\n---\n{{ 'a/' | absolute_url }}\n");
  write("a/index.html", "---\n---\nA\n");
  serve();
  std::string origin = "http://127.0.0.1:" + std::to_string(server_->port());
  EXPECT_THAT(get("/below/"), HasSubstr(origin + "/below/a/"));
  EXPECT_THAT(get("/below/a/"), HasSubstr("A\n"));
  auto redirected = fault::call(server_->port(), "GET", "/below/a");
  EXPECT_EQ(redirected.status, 301);
  EXPECT_EQ(redirected.headers["location"], "/below/a/");
  EXPECT_EQ(fault::call(server_->port(), "GET", "/below").headers["location"], "/below/");
}

TEST_F(ServedFolder, ABrokenPageStaysAsItWasUntilItIsMended) {
  write("index.html", "---\n---\ngood\n");
  serve();
  auto browser = this->browser();
  write("index.html", "---\n---\n{% nonsense %}\n");
  write("told.html", "---\n---\ntold\n");
  EXPECT_THAT(next_event(*browser), HasSubstr("/told.html"));
  EXPECT_THAT(get("/"), HasSubstr("good"));
}

TEST(Serve, RefusesFlagsThatItCannotFollow) {
  for (const std::vector<std::string>& flags :
       std::vector<std::vector<std::string>>{{"-s", ".", "--repo", "."},
                                             {"-s", ".", "--time", "2026-01-15T12:00:00Z"},
                                             {"--repo", ".", "--ref", "HEAD"},
                                             {"-s", "/nowhere/at/all"}}) {
    std::vector<std::string> command = {fault::ServerProcess::program(), "serve", "--port", "0"};
    command.insert(command.end(), flags.begin(), flags.end());
    EXPECT_EQ(fault::run(command).exit_code, 1) << flags.front() << " " << flags.back();
  }
}

}  // namespace
}  // namespace stet::program
