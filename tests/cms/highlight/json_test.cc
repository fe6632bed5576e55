// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(JsonLexer, TellsKeysFromValues) {
  expect_tokens("json",
                {
                    {"{\"a\": [1, -2.5e3, true, null], \"b\\\"c\": \"d\\n\"}",
                     "p={ nl=\"a\" p=: w=· p=[ mi=1 p=, w=· mf=-2.5e3 p=, w=· kc=true p=, w=· "
                     "kc=null p=], w=· nl=\"b\\\"c\" p=: w=· s2=\"d se=\\n s2=\" p=}"},
                    {"[{}, \"\"]", "p=[{}, w=· s2=\"\" p=]"},
                    {"{oops: 1}", "p={ err=oops: w=· mi=1 p=}"},
                });
}

}  // namespace
}  // namespace stet::highlight
