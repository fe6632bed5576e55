#include "api/git/hook_files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "tests/storage/git/test_repository.h"

namespace stet::git {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) { return read_file(path, 1 << 20).value(); }

// A pipe with a name, open at both ends: nobody waits to open it.
Descriptor named_pipe(const fs::path& path) {
  EXPECT_EQ(::mkfifo(path.c_str(), 0600), 0);
  return Descriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC));
}

// What is written into it within that time; "" where nothing is.
std::string told_in(const Descriptor& pipe, int milliseconds) {
  pollfd event{pipe.get(), POLLIN, 0};
  char bytes[500];
  ssize_t got = ::poll(&event, 1, milliseconds) == 1 ? ::read(pipe.get(), bytes, sizeof bytes) : 0;
  return std::string(bytes, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
}

TEST(HookFiles, AreProgramsThatCallStetWithWhatTheServerSays) {
  storage::TemporaryFolder folder;
  fs::path hooks = folder.path() / "made/on the way";
  PushPolicy policy;
  ASSERT_TRUE(policy.set("data", "off"));
  ASSERT_TRUE(write_hooks(
      hooks,
      {.program = "/opt/it's/stet", .branch = "main", .state = "/var/lib/stet", .policy = policy}));
  std::string script = text_of(hooks / "pre-receive");
  EXPECT_NE(script.find("exec '/opt/it'\\''s/stet' hook pre-receive --branch 'main' --state "
                        "'/var/lib/stet' --policy 'documents=refuse,schedule=refuse,data=off"),
            std::string::npos)
      << script;
  EXPECT_NE(text_of(hooks / "post-receive").find("hook post-receive"), std::string::npos);
  for (const char* hook : {"pre-receive", "proc-receive", "post-receive"}) {
    struct stat found;
    ASSERT_EQ(::stat((hooks / hook).c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0755u) << hook;
  }
  EXPECT_TRUE(has_hooks(hooks));
}

TEST(HookFiles, AreListedWithTheProgramThatTheyCall) {
  storage::TemporaryFolder folder;
  const fs::path hooks = folder.path();
  ASSERT_TRUE(write_hooks(hooks, {.program = "/opt/it's/stet", .tells_moves = true}));
  ASSERT_TRUE(write_program(hooks / "update", "#!/bin/sh\n[ -x '/opt/other' ]\n"));
  ASSERT_TRUE(write_atomically(hooks / "post-update", "#!/bin/sh\n"));
  ASSERT_TRUE(write_program(hooks / "push.sample", "#!/bin/sh\n"));
  fs::permissions(hooks / "pre-receive", static_cast<fs::perms>(0644));
  auto listed = list_hooks(hooks);
  ASSERT_EQ(listed.size(), own_hooks().size() + 2);
  for (const HookFile& hook : listed) {
    bool is_other = hook.name == "update" || hook.name == "post-update";
    EXPECT_EQ(hook.is_ours, !is_other) << hook.name;
    EXPECT_EQ(hook.program, is_other ? "" : "/opt/it's/stet") << hook.name;
    bool is_no_program = hook.name == "post-update" || hook.name == "pre-receive";
    EXPECT_EQ(hook.is_program, !is_no_program) << hook.name;
  }
  EXPECT_TRUE(list_hooks(hooks / "none").empty());
}

TEST(HookFiles, TheTellerOfMovesWaitsForNobodyAndNeverFails) {
  storage::TestRepository repository;
  storage::TemporaryFolder state;
  Descriptor told = named_pipe(state.path() / "told"), go = named_pipe(state.path() / "go");
  fs::path program = state.path() / "stet's";
  auto install = [&](const std::string& script) {
    ASSERT_TRUE(write_atomically(program, script));
    fs::permissions(program, fs::perms::owner_all);
    ASSERT_TRUE(install_hooks(repository.repository(),
                              {.program = program, .branch = "main", .state = state.path()}));
    fs::remove(repository.path() / "hooks/pre-receive");
  };
  // A program that hangs holds nobody up.
  install("#!/bin/sh\ncd '" + state.path().string() +
          "'\necho \"$@\" > told\nread -r word < go\necho $word > told\n");
  repository.commit({{"a", "1"}});
  EXPECT_EQ(told_in(told, 0), "") << "there is no server";
  ASSERT_TRUE(write_atomically(state.path() / "local-hook", "x\ny\n"));
  repository.commit({{"a", "2"}}, {}, "other");
  EXPECT_EQ(told_in(told, 0), "") << "it is another branch";
  repository.commit({{"a", "3"}});
  EXPECT_EQ(told_in(told, 30'000),
            "hook reference-transaction --state " + state.path().string() + "\n");
  ASSERT_EQ(::write(go.get(), "on\n", 3), 3);
  EXPECT_EQ(told_in(told, 30'000), "on\n") << "it ends before its folder does";
  // One that fails, and one that is gone, break nothing.
  install("#!/bin/sh\nexit 1\n");
  repository.commit({{"a", "4"}});
  fs::remove(program);
  repository.commit({{"a", "5"}});
  EXPECT_EQ(repository.git({"rev-list", "--count", "main"}).substr(0, 1), "4");
}

TEST(HookFiles, ThatLostTheirModeGetItBack) {
  storage::TemporaryFolder folder;
  HookSettings settings{.program = "/opt/stet"};
  ASSERT_TRUE(write_hooks(folder.path(), settings));
  fs::path hook = folder.path() / "pre-receive";
  fs::permissions(hook, static_cast<fs::perms>(0644));
  ASSERT_TRUE(write_hooks(folder.path(), settings));
  EXPECT_EQ(fs::status(hook).permissions(), static_cast<fs::perms>(0755));
}

TEST(HookFiles, AreWrittenAnewAndLeaveTheHooksOfOthersAlone) {
  storage::TemporaryFolder folder;
  EXPECT_FALSE(has_hooks(folder.path()));
  ASSERT_TRUE(write_atomically(folder.path() / "pre-receive", "#!/bin/sh\nexit 0\n"));
  EXPECT_FALSE(has_hooks(folder.path()));
  Status written = write_hooks(folder.path(), {.program = "/old/stet"});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::kConflict);
  EXPECT_NE(written.error().message.find("pre-receive"), std::string::npos);
  EXPECT_EQ(text_of(folder.path() / "pre-receive"), "#!/bin/sh\nexit 0\n");
  EXPECT_TRUE(has_hooks(folder.path()));
  EXPECT_FALSE(write_hooks(folder.path(), {.program = "/new/stet"}));
  EXPECT_NE(text_of(folder.path() / "post-receive").find("/new/stet"), std::string::npos);
}

TEST(HookFiles, ComeWithSettingsThatMakePushesLast) {
  storage::TestRepository test;
  test.git({"config", "receive.unpackLimit", "7"});
  ASSERT_TRUE(install_hooks(test.repository(), {.program = "/opt/stet"}));
  ASSERT_TRUE(install_hooks(test.repository(), {.program = "/opt/stet"}));
  EXPECT_EQ(test.git({"config", "--get-all", "core.fsync"}), "committed\n");
  EXPECT_EQ(test.git({"config", "--get-all", "receive.unpackLimit"}), "7\n") << "somebody's own";
  EXPECT_EQ(test.git({"config", "--get-all", "receive.procReceiveRefs"}), "refs/for\n");
}

TEST(HookFiles, TheHooksOfTheFirstStetAreReplaced) {
  storage::TemporaryFolder folder;
  ASSERT_TRUE(write_atomically(folder.path() / "post-receive",
                               "#!/bin/sh\n# Installed by stet init.\nexec 'stet' hook\n"));
  ASSERT_TRUE(write_hooks(folder.path(), {.program = "/new/stet"}));
  EXPECT_TRUE(fs::exists(folder.path() / "pre-receive"));
}

}  // namespace
}  // namespace stet::git
