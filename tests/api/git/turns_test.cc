#include "api/git/turns.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace stet::git {
namespace {

// Jobs that write down their names, and "-" before them where their turn does not come.
class Book {
 public:
  Turns::Job job(const std::string& name) {
    return [this, name](Turns::Place* place) { text_ += (place ? " " : " -") + name; };
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

TEST(Turns, ThoseWhoWaitFollowInTheOrderInWhichTheyCame) {
  Turns turns({.working = 1, .waiting = 10});
  Book book;
  turns.come([&](Turns::Place*) {
    for (const char* name : {"a", "b", "c"}) turns.come(book.job(name));
    EXPECT_EQ(turns.waiting(), 3u);
    EXPECT_EQ(book.text(), "");
  });
  EXPECT_EQ(book.text(), " a b c");
  EXPECT_EQ(turns.waiting(), 0u);
}

TEST(Turns, TooManyAreSentAwayAtOnce) {
  Turns turns({.working = 1, .waiting = 1});
  Book book;
  turns.come([&](Turns::Place*) {
    for (const char* name : {"a", "b", "c"}) turns.come(book.job(name));
    EXPECT_EQ(book.text(), " -b -c");
  });
  turns.come(book.job("d"));
  EXPECT_EQ(book.text(), " -b -c a d");
}

TEST(Turns, NobodyWaitsForLongerThanIsPromised) {
  Turns turns({.working = 1, .waiting = 10, .patience = std::chrono::milliseconds(1)});
  Book book;
  turns.come([&](Turns::Place*) {
    std::promise<bool> first, second;
    turns.come([&](Turns::Place* place) { first.set_value(place != nullptr); });
    EXPECT_FALSE(first.get_future().get());
    turns.come([&](Turns::Place* place) { second.set_value(place != nullptr); });
    EXPECT_FALSE(second.get_future().get());
  });
  turns.come(book.job("a"));
  EXPECT_EQ(book.text(), " a");
}

TEST(Turns, APlaceThatIsLeftBelongsToTheNextOne) {
  Turns turns({.working = 1, .waiting = 10});
  Book book;
  turns.come([&](Turns::Place* place) {
    place->leave();
    place->leave();
    turns.come(book.job("a"));
    EXPECT_EQ(book.text(), " a") << "nobody else is at work";
  });
  turns.come([&](Turns::Place* place) {
    turns.come(book.job("b"));
    place->leave();
    turns.come(book.job("c"));
    EXPECT_EQ(book.text(), " a") << "b has the place, and c comes after b";
  });
  EXPECT_EQ(book.text(), " a b c");
}

TEST(Turns, WhenAllStopsNobodyWaitsOn) {
  Turns turns({.working = 1, .waiting = 10});
  Book book;
  turns.come([&](Turns::Place*) {
    turns.come(book.job("a"));
    turns.stop();
    EXPECT_EQ(book.text(), " -a");
    turns.come(book.job("b"));
  });
  turns.come(book.job("c"));
  EXPECT_EQ(book.text(), " -a -b -c");
}

TEST(Turns, AJobThatThrowsTakesNoPlaceAlong) {
  Turns turns({.working = 1, .waiting = 10});
  Book book;
  EXPECT_THROW(turns.come([](Turns::Place*) { throw std::runtime_error("no"); }),
               std::runtime_error);
  EXPECT_THROW(turns.come([&](Turns::Place* place) {
    turns.come(book.job("dropped"));
    place->leave();
    throw std::runtime_error("no");
  }),
               std::runtime_error);
  turns.come(book.job("a"));
  EXPECT_EQ(book.text(), " a");
}

// The thread that watches them looks at the time when they have gone.
TEST(Turns, ThoseWhoGoWhileTheyAreWatchedLeaveNothingBehind) {
  Turns turns({.working = 1, .waiting = 1000, .patience = std::chrono::milliseconds(2)});
  std::atomic<int> done = 0;
  for (int round = 0; round < 20; ++round) {
    turns.come([&](Turns::Place*) {
      for (int i = 0; i < 100; ++i) turns.come([&](Turns::Place*) { ++done; });
    });
  }
  // One more waits until its patience is over, and the watching thread has been there meanwhile.
  std::promise<void> over;
  turns.come([&](Turns::Place*) {
    turns.come([&](Turns::Place*) { over.set_value(); });
    over.get_future().wait();
  });
  EXPECT_EQ(done, 2000);
}

TEST(Turns, ManyThreadsAreNeverMoreThanSoManyAtWork) {
  constexpr int kThreads = 16, kEach = 200;
  constexpr unsigned kWorking = 3;
  Turns turns({.working = kWorking, .waiting = kThreads * kEach});
  std::atomic<unsigned> working = 0, most = 0, done = 0;
  auto job = [&](Turns::Place* place) {
    ASSERT_TRUE(place);
    unsigned now = ++working;
    for (unsigned seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
    }
    ++done;
    --working;
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < kEach; ++j) turns.come(job);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, static_cast<unsigned>(kThreads * kEach));
  EXPECT_LE(most, kWorking);
}

}  // namespace
}  // namespace stet::git
