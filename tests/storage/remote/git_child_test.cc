#include "storage/remote/git_child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

fs::path secret_file(const TemporaryFolder& folder, fs::perms perms) {
  fs::path path = folder.path() / "secret";
  std::ofstream(path) << "https://stet:token-of-mine@forge.example\n";
  fs::permissions(path, perms);
  return path;
}

constexpr fs::perms kOwn = fs::perms::owner_read | fs::perms::owner_write;

TEST(GitChild, TakesUrlsOfRemotesAndNothingElse) {
  for (const char* url : {"https://forge.example/a/b.git",
                          "ssh://git@forge.example/a.git",
                          "git@forge.example:a/b.git",
                          "git://forge.example/a",
                          "file:///srv/a.git",
                          "/srv/a.git"}) {
    EXPECT_TRUE(check_settings({.repository = "/r", .url = url})) << url;
  }
  for (const char* url : {"",
                          "--upload-pack=touch x",
                          "ext::sh -c touch% x",
                          "fd::1",
                          "https://x/\nfile:///y",
                          "https://alice@forge.example/a.git",
                          "https://alice:secret@forge.example/a.git",
                          "http://token@forge.example/a.git"}) {
    Status status = check_settings({.repository = "/r", .url = url});
    ASSERT_FALSE(status) << url;
    EXPECT_EQ(status.error().code, ErrorCode::kInvalidInput) << url;
    EXPECT_THAT(status.error().message, Not(HasSubstr("secret"))) << url;
  }
}

TEST(GitChild, SecretsThatOthersMayReadAreRefusedWithTheMend) {
  TemporaryFolder folder;
  UpstreamSettings settings{.repository = "/r", .url = "https://forge.example/a.git"};
  settings.credentials = secret_file(folder, kOwn);
  EXPECT_TRUE(check_settings(settings));
  secret_file(folder, kOwn | fs::perms::group_read);
  Status status = check_settings(settings);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("chmod 600"));
  settings.credentials = folder.path() / "none";
  EXPECT_EQ(check_settings(settings).error().code, ErrorCode::kNotFound);
  settings.credentials = folder.path();
  EXPECT_FALSE(check_settings(settings));
}

// They are of root, and the service reads them by their group.
TEST(GitChild, CredentialsOfSystemdMayBeReadByTheirGroup) {
  TemporaryFolder folder;
  UpstreamSettings settings{.repository = "/r", .url = "https://forge.example/a.git"};
  settings.credentials = settings.token = settings.ssh_key =
      secret_file(folder, fs::perms::owner_read | fs::perms::group_read);
  EXPECT_FALSE(check_settings(settings));
  settings.systemd_credentials = "/run/credentials/another.service";
  EXPECT_FALSE(check_settings(settings)) << "it lies elsewhere";
  settings.systemd_credentials = folder.path();
  EXPECT_TRUE(check_settings(settings));
  secret_file(folder, fs::perms::owner_read | fs::perms::others_read);
  EXPECT_FALSE(check_settings(settings));
}

TEST(GitChild, ATokenIsShownToTheRemotesOriginAlone) {
  TestRepository repository;
  TemporaryFolder folder;
  UpstreamSettings settings{.repository = repository.path(),
                            .url = "https://cms.example:8443/site.git"};
  settings.token = folder.path() / "it's a token";
  std::ofstream(settings.token) << "s3cret\nand nothing else\n";
  EXPECT_FALSE(check_settings(settings)) << "others may read it";
  fs::permissions(settings.token, kOwn);
  ASSERT_TRUE(check_settings(settings));
  Command command = git_child(settings, {"credential", "fill"});
  command.input = "protocol=https\nhost=cms.example:8443\n\n";
  auto filled = run(command);
  ASSERT_TRUE(filled);
  EXPECT_THAT(filled->output, HasSubstr("password=s3cret\n"));
  for (const std::string& word : command.argv) EXPECT_THAT(word, Not(HasSubstr("s3cret")));
  for (const char* other : {"protocol=https\nhost=cms.example\n\n",
                            "protocol=https\nhost=other.example:8443\n\n",
                            "protocol=http\nhost=cms.example:8443\n\n"}) {
    command.input = other;
    EXPECT_THAT(run(command)->output, Not(HasSubstr("s3cret"))) << other;
  }
}

// git's own parts are asked, as a fetch from a forge would.
TEST(GitChild, CredentialsAreReadFromTheirFileAndAreInNoArgument) {
  TestRepository repository;
  TemporaryFolder folder;
  UpstreamSettings settings{.repository = repository.path(), .url = "https://forge.example/a.git"};
  settings.credentials = secret_file(folder, kOwn);
  Command command = git_child(settings, {"credential", "fill"});
  command.input = "protocol=https\nhost=forge.example\n\n";
  auto filled = run(command);
  ASSERT_TRUE(filled);
  EXPECT_THAT(filled->output, HasSubstr("username=stet\npassword=token-of-mine\n"));
  for (const std::string& word : command.argv) EXPECT_THAT(word, Not(HasSubstr("token-of-mine")));
  for (const std::string& word : command.environment) {
    EXPECT_THAT(word, Not(HasSubstr("token-of-mine")));
  }
  // What the remote did not want is not forgotten: the file is its owner's.
  Command reject = git_child(settings, {"credential", "reject"});
  reject.input = "protocol=https\nhost=forge.example\nusername=stet\npassword=token-of-mine\n\n";
  ASSERT_TRUE(run(reject));
  EXPECT_THAT(run(command)->output, HasSubstr("token-of-mine"));
  // Another host learns nothing, and nobody is asked.
  command.input = "protocol=https\nhost=other.example\n\n";
  auto other = run(command);
  ASSERT_TRUE(other);
  EXPECT_THAT(other->output, Not(HasSubstr("token-of-mine")));
  EXPECT_NE(other->code, 0);
}

TEST(GitChild, AHelperOfTheSettingsIsAsked) {
  TestRepository repository;
  UpstreamSettings settings{.repository = repository.path(), .url = "https://forge.example/a.git"};
  settings.credential_helper = "!printf 'username=u\\npassword=p\\n'; true";
  Command command = git_child(settings, {"credential", "fill"});
  command.input = "protocol=https\nhost=forge.example\n\n";
  auto filled = run(command);
  ASSERT_TRUE(filled);
  EXPECT_THAT(filled->output, HasSubstr("password=p"));
}

TEST(GitChild, WhatMayBeASecretIsNotShown) {
  struct Row {
    const char *text, *shown;
  };
  for (const Row& row : {
           Row{"https://a:b@h/x", "https://h/x"},
           Row{"https://token@h", "https://h"},
           Row{"'https://a:b@c@h/x' and ssh://git@h:22/y.", "'https://h/x' and ssh://h:22/y."},
           Row{"https://h/x@y", "https://h/x@y"},
           Row{"git@h:x", "git@h:x"},
           Row{"://", "://"},
           Row{"", ""},
       }) {
    EXPECT_EQ(redacted(row.text), row.shown) << row.text;
  }
}

TEST(GitChild, ReasonsAreOneLineWithTheMend) {
  Finished finished{.ending = Finished::Ending::kExited, .code = 128, .output = {}, .error = {}};
  EXPECT_EQ(reason_of(finished), "git failed with status 128");
  finished.error =
      "remote: Invalid username or token.\n"
      "fatal: Authentication failed for 'https://stet:token@forge.example/a.git/'\n";
  EXPECT_EQ(
      reason_of(finished),
      "Authentication failed for 'https://forge.example/a.git/'; look at what credentials, token "
      "or credential_helper give");
  finished.error =
      "fatal: could not read Username for 'https://forge.example': terminal prompts disabled\n";
  EXPECT_THAT(reason_of(finished), HasSubstr("name a file of credentials"));
  finished.ending = Finished::Ending::kTimedOut;
  EXPECT_THAT(reason_of(finished), HasSubstr("too long"));
}

}  // namespace
}  // namespace stet::storage
