#include "cms/change/author.h"

#include <gtest/gtest.h>

namespace stet::change {
namespace {

bool is_jos(const std::string& front_matter) {
  return names_author("---\n" + front_matter + "\n---\nBody\n", "_drafts/x.md", "jo");
}

TEST(Author, IsWhomTheFrontMatterNames) {
  for (const char* own : {"author: jo",
                          "author: \"jo\"",
                          "author: {name: jo, mail: x}",
                          "author: [al, jo]",
                          "authors: [{name: al}, {name: jo}]",
                          "authors: jo",
                          "author: al\nauthors: [jo]"}) {
    EXPECT_TRUE(is_jos(own)) << own;
  }
  for (const char* other : {"title: jo",
                            "author: Jo",
                            "author: joe",
                            "author: \"jo \"",
                            "author: [[jo]]",
                            "author: {mail: jo}",
                            "author:",
                            "author: 1",
                            "author: al\n  jo",
                            "author: [jo",
                            "\tauthor: jo"}) {
    EXPECT_FALSE(is_jos(other)) << other;
  }
}

TEST(Author, IsNobodyWhereThereIsNoFrontMatter) {
  for (const char* file : {"", "author: jo\n", "---\nauthor: jo\n", " ---\nauthor: jo\n---\n"}) {
    EXPECT_FALSE(names_author(file, "_drafts/x.md", "jo")) << file;
  }
}

}  // namespace
}  // namespace stet::change
