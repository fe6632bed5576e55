// Each rule finds what it is for, and passes over what only looks like it.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/arrows.h"
#include "tests/tidy/bare_code.h"
#include "tests/tidy/build_lists.h"
#include "tests/tidy/names.h"
#include "tests/tidy/sizes.h"

namespace stet::tidy {
namespace {

std::string repeated(int times, std::string_view line) {
  std::string text;
  for (int i = 0; i < times; ++i) text += line;
  return text;
}

TEST(ArrowRules, AllowAndRefuseByTheTable) {
  struct Case {
    std::string path;
    std::string line;
    bool is_allowed;
  };
  const std::vector<Case> cases = {
      {"cms/site/a.cc", "#include \"cms/liquid/value.h\"", true},
      {"cms/site/a.cc", "#include \"cms/site/b.h\"", true},
      {"cms/liquid/tags/a.cc", "#include \"cms/liquid/value.h\"", true},
      {"cms/liquid/a.cc", "#include \"storage/base/result.h\"", true},
      {"cms/liquid/a.cc", "#include \"cms/site/site.h\"", false},
      {"storage/git/a.cc", "#include \"cms/site/site.h\"", false},
      {"storage/diff/a.cc", "#include \"storage/history/h.h\"", false},
      {"api/http/a.cc", "#include \"cms/site/site.h\"", false},
      {"api/program/a.cc", "#include \"cms/site/site.h\"", true},
      {"cms/site/a.cc", "#include \"b.h\"", false},
      {"cms/unheard/a.cc", "#include <vector>", false},
      {"storage/git/a.cc", "#include <git2.h>", true},
      {"cms/site/a.cc", "#include <git2/oid.h>", false},
      {"api/auth/a.cc", "#include <sqlite3.h>", false},
      {"cms/site/a.cc", "#include <yaml.h>", false},
      {"cms/render/a.cc", "#include <cmark-gfm.h>", false},
      {"api/routes/a.cc", "#include <boost/beast/core.hpp>", false},
      {"tests/storage/git/a_test.cc", "#include <git2.h>", true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(check_arrows({c.path, c.line + "\n"}).empty(), c.is_allowed) << c.path << c.line;
  }
}

TEST(ArrowRules, ViolationsNamePathAndLine) {
  const Violations found = check_arrows({"cms/reads/a.h", "\n\n#include \"api/http/a.h\"\n"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(to_string(found).starts_with("cms/reads/a.h:3: cms/reads may not include api/http"));
}

TEST(ArrowRules, TheDocumentedTableMustBeTheTable) {
  const std::string table =
      "# A\n### Arrows\n\nWords.\n\n" + arrows_as_markdown() + "\n## Next\n| x |\n";
  EXPECT_TRUE(check_documented_arrows({"ARCHITECTURE.md", table}).empty());
  EXPECT_FALSE(check_documented_arrows({"ARCHITECTURE.md", "# A\n"}).empty());
  std::string changed = table;
  changed.replace(changed.find("| api/http |"), 12, "| api/wire |");
  EXPECT_FALSE(check_documented_arrows({"ARCHITECTURE.md", changed}).empty());
}

TEST(SizeRules, FilesMayBeSoLongAndSoWide) {
  EXPECT_TRUE(check_sizes({"cms/a.cc", repeated(500, "int x;\n")}).empty());
  EXPECT_FALSE(check_sizes({"cms/a.cc", repeated(501, "int x;\n")}).empty());
  EXPECT_TRUE(check_sizes({"tests/a_test.cc", repeated(800, "int x;\n")}).empty());
  EXPECT_FALSE(check_sizes({"tests/a_test.cc", repeated(801, "int x;\n")}).empty());
  EXPECT_TRUE(check_sizes({"cms/a.cc", "// " + repeated(97, "ü") + "\n"}).empty());
  EXPECT_FALSE(check_sizes({"cms/a.cc", "// " + repeated(98, "ü") + "\n"}).empty());
}

TEST(SizeRules, FunctionsMayHaveSixtyLines) {
  const std::string body58 = repeated(58, "  call();\n");
  const std::string body59 = repeated(59, "  call();\n");
  const std::vector<std::string> heads = {
      "void f() {\n",
      "Type A::f(int a, int b) const {\n",
      "bool operator==(const A& a, const A& b) {\n",
      "A::A(int x) : x_{x}, y_(x) {\n",
      "template <typename T>\nvoid f(T t) {\n",
      "TEST(Thing, DoesThis) {\n",
      "const auto kTwice = [](int x) {\n",
  };
  for (const std::string& head : heads) {
    EXPECT_TRUE(check_sizes({"cms/a.cc", head + body58 + "}\n"}).empty()) << head;
    EXPECT_EQ(check_sizes({"cms/a.cc", head + body59 + "}\n"}).size(), 1U) << head;
    const std::string in_class = "namespace a {\nclass B final : public C {\n public:\n";
    EXPECT_EQ(check_sizes({"cms/a.h", in_class + head + body59 + "}\n};\n}\n"}).size(), 1U) << head;
  }
}

TEST(SizeRules, TablesAreNoFunctions) {
  const std::string loop = "void f() {\n  for (int x : {\n" + repeated(99, "    1,\n") + "  }) {\n";
  EXPECT_TRUE(check_sizes({"cms/a.cc", loop + "    g();\n  }\n}\n"}).empty());
  EXPECT_FALSE(check_sizes({"cms/a.cc", loop + repeated(60, "g();\n") + "  }\n}\n"}).empty());
  const std::string rows = repeated(100, "  {1, \"a\"},\n");
  EXPECT_TRUE(check_sizes({"cms/a.cc", "constexpr Row kRows[] = {\n" + rows + "};\n"}).empty());
  EXPECT_TRUE(check_sizes({"tests/a_test.cc",
                           "TEST(A, B) {\n  Row rows[] = {\n" + rows + "  };\n  f();\n}\n"})
                  .empty());
  EXPECT_TRUE(
      check_sizes({"cms/a.h", "struct A {\n" + repeated(90, "  int a;\n") + "};\n"}).empty());
}

TEST(SizeRules, ControlMayBeNestedFourDeep) {
  const auto nested = [](int depth) {
    std::string code = "void f() {\n";
    const std::vector<std::string> heads = {"if (a) {\n",
                                            "for (int i = 0; i < n; ++i) {\n",
                                            "while (b) {\n",
                                            "switch (c) {\ncase 1: {\n",
                                            "} else if (d) {\n"};
    for (int i = 0; i < depth; ++i) code += heads[static_cast<std::size_t>(i) % 3];
    return code + "g();\n" + repeated(depth, "}\n") + "}\n";
  };
  EXPECT_TRUE(check_sizes({"cms/a.cc", nested(4)}).empty());
  EXPECT_EQ(check_sizes({"cms/a.cc", nested(5)}).size(), 1U);
  const std::string chain =
      "void f() {\n  if (a) {\n" + repeated(9, "  } else if (b) {\n") + "  }\n}\n";
  EXPECT_TRUE(check_sizes({"cms/a.cc", chain}).empty());
}

TEST(SizeRules, BracesInLiteralsAndCommentsAreNone) {
  struct Case {
    std::string code;
    std::string bare;  // blanks at ends of lines left out
  };
  const std::vector<Case> cases = {
      {"a \"{\\\"{\" b", "a        b"},
      {"a '{' '\\'' b", "a          b"},
      {"a // {\nb", "a\nb"},
      {"a /* {\n */ b", "a\n    b"},
      {"#define X {\\\n {\na", "\n\na"},
      {"a = R\"y({\")}\")y\";", "a =             ;"},
      {"1'000 {", "1'000 {"},
  };
  for (const Case& c : cases) {
    std::string bare = bare_code(c.code);
    EXPECT_EQ(bare.size(), c.code.size()) << c.code;
    for (std::size_t at = bare.find(" \n"); at != std::string::npos; at = bare.find(" \n")) {
      bare.erase(at, 1);
    }
    EXPECT_EQ(bare, c.bare) << c.code;
  }
}

TEST(NameRules, RefuseWordsThatSayNothing) {
  EXPECT_FALSE(check_names({"cms/site/url_helper.h", ""}).empty());
  EXPECT_FALSE(check_names({"storage/util/x.h", ""}).empty());
  EXPECT_FALSE(check_names({"cms/a.h", "class PageManager {\n"}).empty());
  EXPECT_FALSE(check_names({"cms/a.h", "struct Impl;\n"}).empty());
  EXPECT_TRUE(check_names({"cms/a.h", "class Implied {\n  // class PageManager {\n};\n"}).empty());
  EXPECT_TRUE(check_names({"cms/site/commonmark.h", ""}).empty());
}

TEST(NameRules, RefusePathsOfAMachineAndStrangersAtTheTop) {
  EXPECT_FALSE(check_machine_paths({"a.md",
                                    "see /home"
                                    "/ada/stet\n"},
                                   "/src/stet")
                   .empty());
  EXPECT_FALSE(check_machine_paths({"a.md", "in /src/stet/build\n"}, "/src/stet").empty());
  EXPECT_TRUE(check_machine_paths({"a.md",
                                   "see example.org/home"
                                   "/index.html\n"},
                                  "/src/stet")
                  .empty());
  EXPECT_TRUE(check_top_level({".clang-tidy", "README.md", "cms"}).empty());
  EXPECT_FALSE(check_top_level({"notes.txt"}).empty());
}

TEST(BuildRules, WhatIsNotListedIsNotBuilt) {
  const SourceFile root{"CMakeLists.txt", "add_subdirectory(cms)\n# add_subdirectory(api)\n"};
  const SourceFile list{"cms/CMakeLists.txt",
                        "stet_library(cms\n  SOURCES a.cc tags/b.cc # c.cc\n)\n"};
  EXPECT_TRUE(check_build_lists({root, list, {"cms/a.cc", ""}, {"cms/tags/b.cc", ""}}).empty());
  EXPECT_FALSE(check_build_lists({root, list, {"cms/c.cc", ""}}).empty());
  EXPECT_FALSE(check_build_lists({root, list, {"cms/a.h", ""}}).empty());
  EXPECT_FALSE(check_build_lists({root, list, {"api/CMakeLists.txt", ""}}).empty());
  EXPECT_FALSE(check_build_lists({root, {"cms/CMakeLists.txt", "file(GLOB x *.cc)\n"}}).empty());
}

}  // namespace
}  // namespace stet::tidy
