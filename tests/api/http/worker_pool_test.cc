#include "api/http/worker_pool.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <set>
#include <thread>

namespace stet::http {
namespace {

// Runs the job and waits for its end.
void run(WorkerPool& pool, const WorkerPool::Job& job) {
  std::promise<void> done;
  ASSERT_TRUE(pool.submit([&] {
    job();
    done.set_value();
  }));
  done.get_future().wait();
}

TEST(WorkerPool, OneAfterTheOtherIsTheWorkOfAsManyThreadsAsMayRun) {
  WorkerPool pool({.running = 2, .threads = 50, .queue = 10});
  EXPECT_EQ(pool.threads(), 0u);
  std::set<std::thread::id> seen;
  for (int i = 0; i < 100; ++i) {
    run(pool, [&] { seen.insert(std::this_thread::get_id()); });
  }
  // The second one, where a job comes before the thread of the last is idle again.
  EXPECT_LE(seen.size(), 2u);
  EXPECT_LE(pool.threads(), 2u);
}

TEST(WorkerPool, SoManyRunAtOnceAndTheNextOneBegins) {
  WorkerPool pool({.running = 2, .threads = 50, .queue = 10});
  std::promise<void> first_begun, second_begun, third_begun, go_on;
  std::shared_future<void> goes_on = go_on.get_future().share();
  auto job_of = [&](std::promise<void>& begun) {
    return [&begun, goes_on] {
      begun.set_value();
      goes_on.wait();
    };
  };
  ASSERT_TRUE(pool.submit(job_of(first_begun)));
  ASSERT_TRUE(pool.submit(job_of(second_begun)));
  first_begun.get_future().wait();
  second_begun.get_future().wait();
  ASSERT_TRUE(pool.submit(job_of(third_begun)));
  EXPECT_EQ(pool.threads(), 2u);
  go_on.set_value();
  third_begun.get_future().wait();
  EXPECT_EQ(pool.threads(), 2u);
}

TEST(WorkerPool, WhoWaitsLeavesItsPlaceToOthers) {
  WorkerPool pool({.running = 1, .threads = 3, .queue = 10});
  std::promise<void> third_done, second_done, first_done;
  ASSERT_TRUE(pool.submit([&] {
    WorkerPool::Waiting waiting;
    EXPECT_TRUE(pool.submit([&] {
      WorkerPool::Waiting also;
      EXPECT_TRUE(pool.submit([&] { third_done.set_value(); }));
      third_done.get_future().wait();
      second_done.set_value();
    }));
    second_done.get_future().wait();
    first_done.set_value();
  }));
  first_done.get_future().wait();
  EXPECT_EQ(pool.threads(), 3u);
}

TEST(WorkerPool, WaitingOutsideOfAJobIsNothing) {
  WorkerPool::Waiting waiting;
  WorkerPool pool({.running = 1, .threads = 1, .queue = 1});
  run(pool, [] {});
}

TEST(WorkerPool, AFullQueueAndAStoppedPoolTakeNothing) {
  WorkerPool pool({.running = 1, .threads = 1, .queue = 1});
  std::promise<void> begun, go_on;
  ASSERT_TRUE(pool.submit([&] {
    begun.set_value();
    go_on.get_future().wait();
  }));
  begun.get_future().wait();
  bool is_dropped_run = false;
  std::promise<void> dropped;
  std::shared_ptr<void> owned(&dropped, [&](void*) { dropped.set_value(); });
  EXPECT_TRUE(pool.submit([&is_dropped_run, owned = std::move(owned)] { is_dropped_run = true; }));
  EXPECT_FALSE(pool.submit([] {}));
  std::thread stopping([&] { pool.stop(); });
  dropped.get_future().wait();
  go_on.set_value();
  stopping.join();
  EXPECT_FALSE(pool.submit([] {}));
  EXPECT_FALSE(is_dropped_run);
}

}  // namespace
}  // namespace stet::http
