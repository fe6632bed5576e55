#include "cms/pipeline/for_all.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
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

// In a child: as somebody who may have one process, which is itself.
TEST(ForAllDeathTest, DoesWithoutThreadsWhereThereAreNone) {
  auto work_alone = [] {
    rlimit one{1, 1};
    bool is_tight = ::setrlimit(RLIMIT_NPROC, &one) == 0;
    if (::geteuid() == 0) is_tight = is_tight && ::setuid(65534) == 0;
    std::atomic<int> calls{0};
    for_all_with(3)(100, [&](std::size_t) { ++calls; });
    ::_exit(is_tight && calls == 100 ? 0 : 1);
  };
  EXPECT_EXIT(work_alone(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace stet::pipeline
