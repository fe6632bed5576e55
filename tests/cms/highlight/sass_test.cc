// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(SassLexer, ReadsIndentedRules) {
  expect_tokens("sass",
                {
                    {"$c: red\n.box\n  color: $c\n  +round(3px)\n",
                     "nv=$c p=: no=red nc=.box nl=color p=: nv=$c nd=+round p=( m=3px p=)"},
                    {"// note\n   goes on\na\n  b: c\n", "c1=//·note c1=goes·on nt=a na=b p=: n=c"},
                    {"=round($r)\n  :width 1px\n@import base\n",
                     "nf==round p=( nv=$r p=) na=: nl=width m=1px k=@import s=base"},
                });
}

}  // namespace
}  // namespace stet::highlight
