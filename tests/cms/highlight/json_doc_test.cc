// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(JsonDocLexer, ReadsCommentsAndBareKeys) {
  expect_tokens("jsonc",
                {
                    {"// a\n{ \"b\": 1, /* c */ $d_1 : [true, ...], \"e\\n\": \"f\\t\" } /* open",
                     "c1=//·a w=¶ p={ w=· nl=\"b\" p=: w=· mi=1 p=, w=· c=/*·c·*/ w=· na=$d_1 "
                     "p=: w=· p=[ kc=true p=, w=· c1=... p=], w=· nl=\"e\\n\" p=: w=· s2=\"f "
                     "se=\\t s2=\" w=· p=} w=· err=/* w=· err=open"},
                });
}

TEST(JsonDocLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("jsonc", {"a", "a ", "/*", "{a:"});
}

}  // namespace
}  // namespace stet::highlight
