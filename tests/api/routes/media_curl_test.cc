// Uploads over a socket: by curl, by somebody who is slow, by somebody who sends too much; and how
// much memory a large one takes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "api/http/server.h"
#include "storage/process/process.h"
#include "tests/api/http/loopback.h"
#include "tests/api/routes/world.h"
#include "tests/cms/image/pictures.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kMib = std::uint64_t{1} << 20;

class Origin {
 public:
  explicit Origin(http::Timeouts timeouts = {}) {
    http::ServerOptions options;
    options.timeouts = timeouts;
    options.limits.body_bytes_max = world.backend->media.request_bytes_max;
    options.temporary_folder = world.state.path();
    server = std::move(*http::Server::start(options, *world.admin_site, clock, nullptr));
    token = world.token("posts:write");
  }

  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server->port()) + path;
  }

  // What curl prints: the answer, and its status in a last line.
  std::string curl(std::vector<std::string> arguments) const {
    storage::Command command;
    command.argv = {"curl", "-sS", "-w", "\n%{http_code}", "-H", "Authorization: Bearer " + token};
    command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
    auto finished = storage::run(command);
    EXPECT_TRUE(finished);
    return finished ? finished->output + finished->error : "";
  }

  std::string file(const std::string& name, const std::string& bytes) const {
    std::string path = (world.state.path() / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  World world;
  SystemClock clock;
  std::unique_ptr<http::Server> server;
  std::string token;
};

TEST(MediaByCurl, AFormAndRawBytesComeIn) {
  Origin origin;
  std::string one = origin.file("Ein Bild.png", image::png(30, 20));
  std::string two = origin.file("film.webm", "\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm");
  std::string told = origin.curl({"-F",
                                  "file=@" + one,
                                  "-F",
                                  "file=@" + two + ";type=text/html",
                                  "-F",
                                  "message=Two files",
                                  origin.url("/api/v1/media")});
  EXPECT_THAT(told, HasSubstr("\n201"));
  EXPECT_THAT(told, HasSubstr("assets/media/2023/ein-bild.png"));
  EXPECT_THAT(told, HasSubstr("assets/media/2023/film.webm"));
  EXPECT_EQ(origin.world.page("/assets/media/2023/ein-bild.png"), image::png(30, 20));
  told = origin.curl({"-T", one, "-X", "POST", origin.url("/api/v1/media?name=again.png")});
  EXPECT_THAT(told, HasSubstr("\n200"));
  EXPECT_THAT(told, HasSubstr("\"is_duplicate\":true"));
  told = origin.curl({"-T",
                      one,
                      "-H",
                      "Expect:",
                      "-X",
                      "POST",
                      origin.url("/api/v1/media?name=b.png&duplicate=allow")});
  EXPECT_THAT(told, HasSubstr("\n201"));
  told = origin.curl({"-H",
                      "Range: bytes=1-3",
                      origin.url("/api/v1/media-content/assets/media/2023/ein-bild.png")});
  EXPECT_EQ(told, "PNG\n206");
  EXPECT_THAT(origin.curl({"--path-as-is",
                           "-T",
                           one,
                           "-X",
                           "PUT",
                           "-H",
                           "If-Match: *",
                           origin.url("/api/v1/media/../../../../etc/passwd")}),
              HasSubstr("\n404"));
}

TEST(MediaByCurl, WhatIsTooLargeIsRefusedBeforeItIsRead) {
  Origin origin;
  origin.world.backend->media.request_bytes_max = 1 * kMib;
  std::string large = origin.file("large.png", image::png(10, 10) + std::string(2 * kMib, 'x'));
  std::string told =
      origin.curl({"-T", large, "-X", "POST", origin.url("/api/v1/media?name=x.png")});
  EXPECT_THAT(told, HasSubstr("413"));
  EXPECT_EQ(origin.world.commits(), 1u);
}

TEST(MediaByCurl, WhoeverIsSlowIsLetGoAndLeavesNothing) {
  Origin origin({.body = std::chrono::milliseconds(60)});
  http::Client client(origin.server->port());
  std::string head = "POST /api/v1/media?name=x.png HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
                     origin.token + "\r\nContent-Length: 9000000\r\n\r\n";
  client.send(head + image::png(10, 10) + std::string(200'000, 'x'));
  EXPECT_EQ(client.receive().status, 408);
  EXPECT_EQ(origin.world.commits(), 1u);
  for (const auto& file : std::filesystem::directory_iterator(origin.world.state.path())) {
    std::string name = file.path().filename();
    EXPECT_EQ(name.find("body"), std::string::npos) << name;
  }
}

// What the process has had at once, in bytes, since it was last asked to forget.
std::uint64_t peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  }
  return 0;
}

TEST(MediaByCurl, ALargeFileIsNeverInMemory) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer keeps what was freed: shown in the release build";
#endif
  constexpr std::uint64_t kSize = 64 * kMib;
  Origin origin;
  std::string path = origin.file("film.webm", "\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm");
  {
    std::ofstream film(path, std::ios::binary | std::ios::app);
    std::string piece(kMib, '\0');
    for (std::uint64_t i = 0; i < kSize / kMib; ++i) {
      for (std::size_t at = 0; at < piece.size(); at += 64) piece[at] = static_cast<char>(i * at);
      film << piece;
    }
  }
  std::ofstream("/proc/self/clear_refs") << "5";
  const std::uint64_t before = peak_memory();
  // Kept, and not yet published: the commit alone.
  std::string told = origin.curl({"-T",
                                  path,
                                  "-X",
                                  "POST",
                                  "-H",
                                  "Prefer: respond-async",
                                  origin.url("/api/v1/media?name=film.webm")});
  EXPECT_THAT(told, HasSubstr("\n202"));
  const std::uint64_t more = peak_memory() - before;
  RecordProperty("peak_bytes", std::to_string(more));
  EXPECT_LT(more, kSize / 2) << "of " << kSize;
}

}  // namespace
}  // namespace stet::api
