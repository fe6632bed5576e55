#include "storage/git/repository.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "storage/git/objects.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

TEST(Repository, ANewOneIsBareAndItsBranchUnborn) {
  TestRepository test("trunk");
  EXPECT_EQ(*test.repository().default_branch(), "trunk");
  EXPECT_TRUE(test.repository().branches()->empty());
  auto head = test.repository().head_of("trunk");
  ASSERT_TRUE(head);
  EXPECT_FALSE(head->has_value());
  EXPECT_EQ(test.git({"rev-parse", "--is-bare-repository"}), "true\n");
}

TEST(Repository, AMissingBranchIsNotAnUnbornOne) {
  TestRepository test;
  EXPECT_EQ(test.repository().head_of("other").error().code, ErrorCode::kNotFound);
}

TEST(Repository, NamesThatGitRefusesAreInvalid) {
  TestRepository test;
  for (const char* name : {"", "a..b", "a b", "-x", "x.lock", "/a", "a~1", "@{", "a\\b"}) {
    EXPECT_EQ(test.repository().head_of(name).error().code, ErrorCode::kInvalidInput) << name;
  }
}

TEST(Repository, IsNotMadeOverWhatIsThere) {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "mine") << "x";
  EXPECT_EQ(Repository::create(folder.path()).error().code, ErrorCode::kConflict);
  EXPECT_EQ(Repository::create(folder.path() / "new", "a..b").error().code,
            ErrorCode::kInvalidInput);
}

TEST(Repository, OpensACloneByItsFolderAndByItsGit) {
  TestRepository test;
  CommitId head = test.commit({{"a.md", "x"}});
  fs::path clone = test.folder() / "clone";
  test.git({"clone", "-q", test.path().string(), clone.string()});
  for (const fs::path& place : {clone, clone / ".git"}) {
    auto opened = Repository::open(place);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(opened->path(), fs::canonical(clone) / ".git");
    EXPECT_EQ(*opened->head_of("main"), head);
  }
}

TEST(Repository, RefusesWhatItCannotServeAndSaysWhatToDo) {
  TestRepository test;
  test.commit({{"a.md", "x"}});
  test.commit({{"a.md", "y"}});
  const fs::path folder = test.folder();
  fs::create_directory(folder / "plain");
  std::ofstream(folder / "file") << "x";
  test.git({"init", "-q", "--bare", "--object-format=sha256", (folder / "sha256").string()});
  test.git({"clone",
            "-q",
            "--depth=1",
            "file://" + test.path().string(),
            (folder / "shallow").string()});
  struct Case {
    const char* name;
    ErrorCode code;
    const char* words;
  };
  for (const Case& c : {Case{"missing", ErrorCode::kNotFound, "missing"},
                        Case{"plain", ErrorCode::kNotFound, "stet init"},
                        Case{"file", ErrorCode::kInvalidInput, "no folder"},
                        Case{"sha256", ErrorCode::kInvalidInput, "SHA-1"},
                        Case{"shallow", ErrorCode::kInvalidInput, "unshallow"}}) {
    auto opened = Repository::open(folder / c.name);
    ASSERT_FALSE(opened) << c.name;
    EXPECT_EQ(opened.error().code, c.code) << c.name << ": " << opened.error().message;
    EXPECT_NE(opened.error().message.find(c.words), std::string::npos) << opened.error().message;
  }
}

TEST(Repository, RefusesOneWhoseHeadCannotBeRead) {
  TestRepository test;
  CommitId head = test.commit({{"a.md", "x"}});
  fs::remove_all(test.path() / "objects" / "pack");
  std::string hex = head.hex();
  fs::remove(test.path() / "objects" / hex.substr(0, 2) / hex.substr(2));
  auto opened = Repository::open(test.path());
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("fsck"), std::string::npos) << opened.error().message;
}

TEST(Repository, AnotherUsersIsRefusedUnlessTrusted) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
  TestRepository test;
  ASSERT_EQ(::chown(test.path().c_str(), 12345, 12345), 0);
  EXPECT_EQ(Repository::open(test.path()).error().code, ErrorCode::kForbidden);
  EXPECT_TRUE(Repository::open(test.path(), {.is_any_owner_trusted = true}));
}

TEST(Repository, ListsBranchesInOrder) {
  TestRepository test;
  CommitId head = test.commit({{"a.md", "x"}});
  test.git({"branch", "change/7"});
  test.git({"pack-refs", "--all"});
  test.git({"branch", "a"});
  EXPECT_EQ(*test.repository().branches(), (std::vector<std::string>{"a", "change/7", "main"}));
  EXPECT_EQ(*test.repository().head_of("change/7"), head);
}

TEST(Repository, ResolvesNamesAndIdsAndNothingCleverer) {
  TestRepository test;
  CommitId head = test.commit({{"a.md", "x"}});
  test.git({"tag", "-a", "v1", "-m", "one"});
  const Repository& repository = test.repository();
  for (const std::string& text : {std::string("main"),
                                  std::string("refs/heads/main"),
                                  std::string("v1"),
                                  std::string("HEAD"),
                                  head.hex(),
                                  head.hex().substr(0, 7)}) {
    auto found = repository.resolve(text);
    ASSERT_TRUE(found) << text << ": " << found.error().message;
    EXPECT_EQ(*found, head) << text;
  }
  for (const char* text : {"",
                           "nothing",
                           "main~1",
                           "main^",
                           ":/x",
                           "@{0}",
                           "../main",
                           "abc",
                           "0000000000000000000000000000000000000000"}) {
    EXPECT_EQ(repository.resolve(text).error().code, ErrorCode::kNotFound) << text;
  }
  std::string blob = test.blob("x");
  EXPECT_EQ(repository.resolve(blob).error().code, ErrorCode::kInvalidInput);
  // Nor does a tag pass for a branch.
  CommitId second = test.commit({{"a.md", "y"}});
  test.git({"tag", "main", head.hex()});
  EXPECT_EQ(*repository.resolve("main"), second);
  // Whoever may push a branch cannot make one pass for a reference of stet's own.
  test.git({"update-ref", "refs/heads/refs/stet/upstream/main", head.hex()});
  EXPECT_EQ(repository.resolve("refs/stet/upstream/main").error().code, ErrorCode::kNotFound);
}

TEST(Repository, ReadsACommit) {
  TestRepository test;
  CommitId first = test.commit({{"a.md", "x"}});
  CommitId second = test.commit({{"a.md", "y"}});
  auto commit = test.repository().read_commit(second);
  ASSERT_TRUE(commit);
  EXPECT_EQ(commit->parents, std::vector<CommitId>{first});
  EXPECT_EQ(commit->committer.name, "Grace");
  EXPECT_EQ(commit->committer.when.seconds, 1'600'000'120);
  EXPECT_EQ(commit->subject(), "x");
  EXPECT_EQ(test.repository().read_commit(CommitId()).error().code, ErrorCode::kNotFound);
}

TEST(Repository, SeesWhatOthersRepack) {
  TestRepository test;
  CommitId head = test.commit({{"a.md", "x"}});
  ASSERT_TRUE(test.repository().read_commit(head));
  CommitId next = test.commit({{"b.md", "y"}});
  test.git({"repack", "-adq"});
  ASSERT_TRUE(test.repository().refresh());
  EXPECT_TRUE(test.repository().read_commit(head));
  EXPECT_TRUE(test.repository().read_commit(next));
}

TEST(Repository, LargeContentsAreReadWholeAndAgain) {
  TestRepository test;
  for (std::size_t size :
       {std::size_t{1} << 20, (std::size_t{1} << 20) + 1, std::size_t{3'333'333}}) {
    std::string content;
    for (std::size_t i = 0; content.size() < size; ++i) content += std::to_string(i * 7919) + " ";
    content.resize(size);
    BlobId blob = BlobId::parse(test.blob(content)).value();
    test.commit({{"large", content}});
    for (bool is_packed : {false, true}) {
      if (is_packed) test.git({"repack", "-adq"});
      ASSERT_TRUE(test.repository().refresh());
      for (int time = 0; time < 2; ++time) {
        auto read = test.repository().objects().read_blob(blob, UINT32_MAX);
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_TRUE(*read == content) << size;
      }
    }
  }
}

}  // namespace
}  // namespace stet::storage
