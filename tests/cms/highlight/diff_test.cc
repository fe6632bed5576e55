// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(DiffLexer, ReadsLinesByTheirFirstMark) {
  expect_tokens("diff",
                {
                    {"diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n@@ -1 +1 @@ def\n same\n"
                     "-old\n+new\n!odd\n=head\n---\nword\n",
                     "gh=diff·--git·a/x·b/x¶index·1..2¶ gd=---·a/x¶ gi=+++·b/x¶ "
                     "p=@@·-1·+1·@@ gd=-old¶ gi=+new¶ gs=!odd¶ gh==head¶ p=---¶word¶"},
                    {"\n+belongs to the empty line\n", ""},
                });
}

}  // namespace
}  // namespace stet::highlight
