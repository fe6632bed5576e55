#include "cms/pipeline/for_all.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace stet::pipeline {
namespace {

TEST(ForAll, CallsEachOnce) {
  for (std::size_t count : {0, 1, 3, 1000}) {
    std::vector<std::atomic<int>> calls(count);
    for_all_with(3)(count, [&](std::size_t i) { ++calls[i]; });
    EXPECT_TRUE(std::all_of(calls.begin(), calls.end(), [](const auto& n) { return n == 1; }))
        << count;
  }
}

TEST(ForAll, TurnsThatThreadsStayForAreDoneOnceEach) {
  ForAll for_all = for_all_with_staying(3);
  for (std::size_t count : {0, 1, 3, 1000, 4, 0, 2, 500}) {
    std::vector<std::atomic<int>> calls(count);
    for_all(count, [&](std::size_t i) { ++calls[i]; });
    EXPECT_TRUE(std::all_of(calls.begin(), calls.end(), [](const auto& n) { return n == 1; }))
        << count;
  }
}

TEST(ForAll, ThreadsOfOneTurnDoTheNext) {
  ForAll for_all = for_all_with_staying(1);
  std::set<std::thread::id> threads;
  for (int turn = 0; turn < 20; ++turn) {
    std::mutex mutex;
    std::barrier both(2);  // each call waits for the other thread's
    for_all(4, [&](std::size_t) {
      both.arrive_and_wait();
      std::lock_guard lock(mutex);
      threads.insert(std::this_thread::get_id());
    });
  }
  EXPECT_EQ(threads.size(), 2u);
}

// In a child: as somebody who may have one process, which is itself.
TEST(ForAllDeathTest, DoesWithoutThreadsWhereThereAreNone) {
  auto work_alone = [] {
    rlimit one{1, 1};
    bool is_tight = ::setrlimit(RLIMIT_NPROC, &one) == 0;
    if (::geteuid() == 0) is_tight = is_tight && ::setuid(65534) == 0;
    std::atomic<int> calls{0};
    for_all_with(3)(100, [&](std::size_t) { ++calls; });
    for_all_with_staying(3)(100, [&](std::size_t) { ++calls; });
    ::_exit(is_tight && calls == 200 ? 0 : 1);
  };
  EXPECT_EXIT(work_alone(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace stet::pipeline
