#include "storage/git/commit_text.h"

#include <gtest/gtest.h>

#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

TEST(CommitText, IsReadAsTheRepositoryReadsIt) {
  TestRepository test;
  const std::pair<const char*, const char*> cases[] = {
      {"Ada Lovelace <ada@x.test> 1600000000 +0530", "Say it\n\nand why\n"},
      {"Ada <> 0 -1130", "\n\nlate\n"},
      {"A > b <a@b> 1 +0000", ""},
  };
  std::string tree = test.git({"mktree"}, "").substr(0, 40);
  std::string parent = test.commit({{"a", "1"}}).hex();
  for (const auto& [line, message] : cases) {
    std::string bytes = "tree " + tree + "\nparent " + parent + "\nauthor " + line +
                        "\ncommitter " + line + "\n\n" + message;
    std::string id =
        test.git({"hash-object", "-t", "commit", "--literally", "-w", "--stdin"}, bytes)
            .substr(0, 40);
    auto expected = test.repository().read_commit(*CommitId::parse(id));
    auto read = parse_commit(*CommitId::parse(id), bytes);
    ASSERT_TRUE(expected && read) << bytes;
    EXPECT_EQ(read->id, expected->id);
    EXPECT_EQ(read->tree, expected->tree);
    EXPECT_EQ(read->parents, expected->parents);
    EXPECT_EQ(read->author.name, expected->author.name);
    EXPECT_EQ(read->author.email, expected->author.email);
    EXPECT_EQ(read->author.when, expected->author.when);
    EXPECT_EQ(read->committer.when.offset_seconds, expected->committer.when.offset_seconds);
    EXPECT_EQ(read->message, expected->message);
  }
}

TEST(CommitText, WhatIsNotLaidOutAsUsualIsNotRead) {
  const std::string tree = "tree " + std::string(40, 'a') + "\n";
  const std::string people = "author A <a> 1 +0000\ncommitter A <a> 1 +0000\n";
  const std::string cases[] = {"",
                               "tree abc\n" + people + "\nx",
                               people + "\nx",
                               tree + "author A <a> 1 +0000\n\nx",
                               tree + "author A <a> x +0000\ncommitter A <a> 1 +0000\n\nx",
                               tree + "author A <a> 1 +00\ncommitter A <a> 1 +0000\n\nx",
                               tree + people + "encoding latin1\n\nx",
                               tree + people};
  for (const std::string& bytes : cases) EXPECT_FALSE(parse_commit(CommitId(), bytes)) << bytes;
}

}  // namespace
}  // namespace stet::storage
