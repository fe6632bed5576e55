#include "storage/process/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "storage/base/descriptor.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;
using Ending = Finished::Ending;

Finished run_ok(const Command& command) {
  auto finished = run(command);
  EXPECT_TRUE(finished) << finished.error().message;
  return finished ? *finished : Finished();
}

Command shell(std::string script) { return {.argv = {"/bin/sh", "-c", std::move(script)}}; }

std::ptrdiff_t open_files() {
  return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
}

TEST(Process, GivesOutputErrorAndStatus) {
  Finished finished = run_ok(shell("echo out; echo err >&2; exit 3"));
  EXPECT_EQ(finished.ending, Ending::kExited);
  EXPECT_EQ(finished.code, 3);
  EXPECT_EQ(finished.output, "out\n");
  EXPECT_EQ(finished.error, "err\n");
}

TEST(Process, PassesArgumentsAsTheyAre) {
  Finished finished = run_ok({.argv = {"printf", "%s|", "a b", "$HOME;", "", "--x", "'\"*"}});
  EXPECT_EQ(finished.output, "a b|$HOME;||--x|'\"*|");
}

TEST(Process, HasOnlyTheEnvironmentItIsGiven) {
  ::setenv("STET_TEST_SECRET", "x", 1);
  EXPECT_EQ(run_ok({.argv = {"env"}}).output, "");
  EXPECT_EQ(run_ok({.argv = {"env"}, .environment = {"LC_ALL=C"}}).output, "LC_ALL=C\n");
}

TEST(Process, RunsInTheFolderItIsGiven) {
  EXPECT_EQ(run_ok({.argv = {"pwd"}, .folder = "/usr"}).output, "/usr\n");
  EXPECT_EQ(run_ok({.argv = {"pwd"}}).output, "/\n");
}

TEST(Process, ReadsItsInputHoweverLong) {
  for (std::size_t size : {0, 1, 300'000, 5'000'000}) {
    std::string input(size, 'x');
    Command command{.argv = {"cat"}, .input = input};
    EXPECT_EQ(run_ok(command).output, input) << size;
  }
  EXPECT_EQ(run_ok({.argv = {"true"}, .input = std::string(5'000'000, 'x')}).code, 0)
      << "a child may leave its input unread";
}

TEST(Process, UsesTheStreamsItIsGiven) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  Command writer{.argv = {"echo", "through"}};
  writer.output_fd = ends[1];
  EXPECT_EQ(run_ok(writer).output, "");
  ::close(ends[1]);
  Command reader{.argv = {"cat"}};
  reader.input_fd = ends[0];
  EXPECT_EQ(run_ok(reader).output, "through\n");
  ::close(ends[0]);
}

TEST(Process, IsEndedWithItsDescendantsWhenItsTimeIsOver) {
  Command command = shell("echo begun; sleep 1000 & sleep 1000; echo never");
  command.limits.wall_ms = 300;
  Finished finished = run_ok(command);
  EXPECT_EQ(finished.ending, Ending::kTimedOut);
  EXPECT_EQ(finished.output, "begun\n");
  Status status = check_success(finished, "sleeper");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kUnavailable);
}

TEST(Process, MayTidyUpBeforeItIsEndedButNotStay) {
  Command tidy = shell("trap 'echo tidy; exit 0' TERM; echo ready; while :; do sleep 0.01; done");
  tidy.limits.wall_ms = 500;
  Finished finished = run_ok(tidy);
  EXPECT_EQ(finished.ending, Ending::kTimedOut);
  EXPECT_EQ(finished.output, "ready\ntidy\n");
  Command deaf = shell("trap '' TERM; while :; do sleep 0.01; done");
  deaf.limits.wall_ms = 100;
  EXPECT_EQ(run_ok(deaf).ending, Ending::kTimedOut);
}

TEST(Process, LeavesNoDescendantBehindWhenItEnds) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  Command command = shell("sleep 1000 & exit 0");
  command.output_fd = ends[1];
  EXPECT_EQ(run_ok(command).ending, Ending::kExited);
  ::close(ends[1]);
  // The pipe ends when nobody holds its other end any more: when the sleeper is dead.
  pollfd event{ends[0], POLLIN, 0};
  EXPECT_EQ(::poll(&event, 1, 10'000), 1);
  ::close(ends[0]);
}

TEST(Process, IsEndedWhenItWritesTooMuch) {
  Command command{.argv = {"yes"}};
  command.limits.output_bytes = 100'000;
  Finished finished = run_ok(command);
  EXPECT_EQ(finished.ending, Ending::kTooMuchOutput);
  EXPECT_EQ(finished.output.size(), 100'000u);
}

TEST(Process, MayWriteExactlyItsLimit) {
  Command command = shell("printf 12345");
  command.limits.output_bytes = 5;
  EXPECT_EQ(run_ok(command).ending, Ending::kExited);
  command.limits.output_bytes = 4;
  EXPECT_EQ(run_ok(command).ending, Ending::kTooMuchOutput);
}

TEST(Process, HandsItsOutputOnAsItComes) {
  std::size_t bytes = 0, pieces = 0;
  Command command{.argv = {"head", "-c", "5000000", "/dev/zero"}};
  command.limits.output_bytes = 1;
  command.on_output = [&](std::string_view piece) {
    bytes += piece.size();
    ++pieces;
    return true;
  };
  Finished finished = run_ok(command);
  EXPECT_EQ(finished.ending, Ending::kExited);
  EXPECT_EQ(bytes, 5'000'000u);
  EXPECT_GT(pieces, 10u);
  EXPECT_EQ(finished.output, "");
}

TEST(Process, IsEndedWhenNobodyWantsItsOutput) {
  Command command{.argv = {"yes"}};
  int pieces = 0;
  command.on_output = [&](std::string_view) { return ++pieces < 3; };
  EXPECT_EQ(run_ok(command).ending, Ending::kUnwanted);
  EXPECT_EQ(pieces, 3);
}

TEST(Process, IsEndedWhenSomebodySaysSo) {
  Descriptor stop(::eventfd(0, EFD_CLOEXEC));
  Command command = shell("echo begun; sleep 100");
  command.environment = {"PATH=/usr/bin:/bin"};
  command.stop_fd = stop.get();
  command.on_output = [&](std::string_view) { return ::eventfd_write(stop.get(), 1) == 0; };
  EXPECT_EQ(run_ok(command).ending, Ending::kUnwanted);
}

TEST(Process, MayComplainTooMuchAndIsHeardInPart) {
  Command command = shell("yes | head -c 500000 >&2; echo done");
  command.environment = {"PATH=/usr/bin:/bin"};
  command.limits.error_bytes = 1000;
  Finished finished = run_ok(command);
  EXPECT_EQ(finished.ending, Ending::kExited);
  EXPECT_EQ(finished.output, "done\n");
  EXPECT_EQ(finished.error.size(), 1000u);
}

TEST(Process, HasLimits) {
  Command cpu = shell("while :; do :; done");
  cpu.limits.cpu_seconds = 1;
  Finished finished = run_ok(cpu);
  EXPECT_EQ(finished.ending, Ending::kSignalled);
  EXPECT_TRUE(finished.code == SIGXCPU || finished.code == SIGKILL) << finished.code;

  Command files = shell("ulimit -n; ulimit -c; ulimit -v; ulimit -f");
  files.limits.open_files = 17;
  files.limits.memory_bytes = std::uint64_t{256} << 20;
  files.limits.written_file_bytes = 1024 * 1024;
  EXPECT_EQ(run_ok(files).output, "17\n0\n262144\n2048\n");

  Command memory{.argv = {"head", "-c", "300000000", "/dev/zero"}};
  memory.argv = {"sort", "-S", "900000000", "--parallel=1", "/dev/zero"};
  memory.limits.memory_bytes = std::uint64_t{64} << 20;
  finished = run_ok(memory);
  EXPECT_FALSE(check_success(finished, "sort"));
}

TEST(Process, HasDefaultSignals) {
  auto old_handler = ::signal(SIGTERM, SIG_IGN);
  sigset_t blocked, before;
  ::sigemptyset(&blocked);
  ::sigaddset(&blocked, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  Finished finished = run_ok(shell("kill -TERM $$; echo survived"));
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::signal(SIGTERM, old_handler);
  EXPECT_EQ(finished.ending, Ending::kSignalled);
  EXPECT_EQ(finished.code, SIGTERM);
}

TEST(Process, SeesNoFileOfOurs) {
  int leaky = ::open("/dev/null", O_RDONLY);  // as a library does that knows no O_CLOEXEC
  Finished finished =
      run_ok(shell("for fd in 3 4 5 6 7 8 9; do [ -e /proc/self/fd/$fd ] && "
                   "echo $fd; done; true"));
  ::close(leaky);
  EXPECT_EQ(finished.output, "");
}

TEST(Process, SaysWhyItDidNotRun) {
  struct {
    Command command;
    ErrorCode code;
  } cases[] = {
      {{.argv = {}}, ErrorCode::kInvalidInput},
      {{.argv = {""}}, ErrorCode::kInvalidInput},
      {{.argv = {std::string("ec\0ho", 5)}}, ErrorCode::kInvalidInput},
      {{.argv = {"echo", std::string("\0", 1)}}, ErrorCode::kInvalidInput},
      {{.argv = {"stet-no-such-program"}}, ErrorCode::kNotFound},
      {{.argv = {"/stet/no/such/program"}}, ErrorCode::kNotFound},
      {{.argv = {"bin/sh"}}, ErrorCode::kNotFound},
      {{.argv = {"/etc/passwd"}}, ErrorCode::kNotFound},
      {{.argv = {"true"}, .folder = "/no/such/folder"}, ErrorCode::kNotFound},
  };
  for (const auto& c : cases) {
    auto finished = run(c.command);
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().code, c.code) << finished.error().message;
  }
}

TEST(Process, SuccessIsStatusZeroAndAFailureTellsItsFirstLine) {
  EXPECT_TRUE(check_success(run_ok({.argv = {"true"}}), "true"));
  Status failed =
      check_success(run_ok(shell("echo 'no disk' >&2; echo more >&2; exit 2")), "repack");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "repack failed with status 2: no disk");
  Status killed = check_success(run_ok(shell("kill -9 $$")), "sass");
  ASSERT_FALSE(killed);
  EXPECT_EQ(killed.error().message, "sass was ended by signal 9");
}

TEST(Process, RunsFromManyThreadsAndLeavesNothingOpen) {
  (void)run_ok({.argv = {"true"}});
  const auto before = open_files();
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        std::string input = std::to_string(t) + "/" + std::to_string(i);
        auto finished = run({.argv = {"cat"}, .input = input});
        if (!finished || finished->output != input) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(open_files(), before);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a zombie";
}

}  // namespace
}  // namespace stet::storage
