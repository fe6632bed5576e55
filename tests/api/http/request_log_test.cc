#include "api/http/request_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>
#include <vector>

namespace stet::http {
namespace {

constexpr std::int64_t kNow = 1'700'000'000'007;

std::int64_t now() { return kNow; }

// All that a log has written when it has ended.
std::string lines_of(const std::function<void(RequestLog&)>& add) {
  std::string all;
  {
    RequestLog log([&](std::string_view lines) { all += lines; }, now);
    add(log);
  }
  return all;
}

TEST(RequestLog, IsOneObjectALine) {
  const std::string lines = lines_of([](RequestLog& log) {
    log.add("public",
            {.method = "GET",
             .target = "/a?b",
             .peer_address = "::1",
             .request_id = "p-1",
             .status = 200,
             .body_bytes = 12,
             .duration_us = 34,
             .fault = ""});
    log.add("admin", {.status = 503, .fault = "no room"});
    log.add("public", {.status = 200, .cut = Cut::kReaderSlow});
  });
  EXPECT_EQ(
      lines,
      R"({"time":"2023-11-14T22:13:20.007Z","level":"info","origin":"public","method":"GET",)"
      R"("target":"/a?b","status":200,"bytes":12,"us":34,"peer":"::1","request":"p-1","fault":""})"
      "\n"
      R"({"time":"2023-11-14T22:13:20.007Z","level":"error","origin":"admin","method":"",)"
      R"("target":"","status":503,"bytes":0,"us":0,"peer":"","request":"","fault":"no room"})"
      "\n"
      R"({"time":"2023-11-14T22:13:20.007Z","level":"info","origin":"public","method":"",)"
      R"("target":"","status":200,"bytes":0,"us":0,"peer":"","request":"","cut":"reader too slow",)"
      R"("fault":""})"
      "\n");
}

TEST(RequestLog, ShowsStrangeBytesAsAscii) {
  const std::pair<std::string_view, std::string_view> kCases[] = {
      {"a\"b\\c", R"(a\"b\\c)"},
      {"\x1b[31m\x7f\n", R"(\u001b[31m\u007f\u000a)"},
      {"caf\xc3\xa9", R"(caf\u00e9)"},
      {"\xf0\x9f\x98\x80!", R"(\ud83d\ude00!)"},
      {"\xff.", R"(\ufffd.)"},
      {"/reset/stetr_abc?d", "/reset/stetr_..."},  // a link that is good once
  };
  for (const auto& [target, shown] : kCases) {
    const std::string lines =
        lines_of([&](RequestLog& log) { log.add("public", {.target = target, .status = 200}); });
    const std::string wanted = "\"target\":\"" + std::string(shown) + "\",";
    EXPECT_NE(lines.find(wanted), std::string::npos) << lines;
  }
}

TEST(RequestLog, LosesNothingOfManyThreads) {
  constexpr int kThreads = 20, kEach = 2000;
  const std::string lines = lines_of([](RequestLog& log) {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&log, i] {
        const std::string target = "/" + std::to_string(i);
        for (int j = 0; j < kEach; ++j) log.add("public", {.target = target, .status = 200});
      });
    }
    for (std::thread& thread : threads) thread.join();
  });
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), kThreads * kEach);
  std::size_t of_last = 0;
  for (std::size_t at = 0; (at = lines.find("\"/19\"", at)) != std::string::npos; ++at) ++of_last;
  EXPECT_EQ(of_last, kEach);
}

// A reader that does not read holds up nobody who answers, and fills no memory.
TEST(RequestLog, LeavesOutWhatItsReaderDoesNotTake) {
  std::promise<void> is_stuck, may_go_on;
  std::string all;
  {
    bool is_first = true;
    RequestLog log(
        [&](std::string_view lines) {
          if (std::exchange(is_first, false)) {
            is_stuck.set_value();
            may_go_on.get_future().wait();
          }
          all += lines;
        },
        now);
    log.add("public", {.status = 500});
    is_stuck.get_future().wait();
    const std::string target(8000, 'a');
    for (int i = 0; i < 1000; ++i) log.add("public", {.target = target, .status = 200});
    may_go_on.set_value();
  }
  EXPECT_LT(all.size(), RequestLog::kWaitingBytesMax + 20'000);
  const std::size_t left_out = all.find(R"("level":"error","message":")");
  ASSERT_NE(left_out, std::string::npos);
  const auto written = std::count(all.begin(), all.end(), '\n') - 2;
  EXPECT_NE(all.find("\"" + std::to_string(1000 - written) + " requests were left out", left_out),
            std::string::npos);
}

}  // namespace
}  // namespace stet::http
