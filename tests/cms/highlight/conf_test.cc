// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ConfLexer, ReadsAnySettings) {
  expect_tokens("conf",
                {
                    {"# note\nHost \"a b\" 'c'\n  Port 22 x_1=/tmp",
                     "c=#·note¶ n=Host s2=\"a·b\" s1='c' n=Port m=22 n=x_1 n=tmp"},
                    {"\"open", "err=\" n=open"},
                });
}

}  // namespace
}  // namespace stet::highlight
