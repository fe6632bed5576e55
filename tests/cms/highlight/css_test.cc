// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(CssLexer, ReadsSelectorsAndDeclarations) {
  expect_tokens("css",
                {
                    {"a:hover, .big > #top [x=\"1\"] { color: RED; margin: 0 -1.5em }",
                     "nt=a nd=:hover o=, nc=.big o=> nf=#top o=[ nt=x o== s1=\"1\" o=] p={ "
                     "nl=color p=: n=RED p=; nl=margin p=: m=0 m=-1.5em p=}"},
                    {"p { -moz-thing: url(x.png) !important; --own: #fff }",
                     "nt=p p={ nl=-moz-thing p=: sx=url(x.png) cp=!important p=; py=--own p=: "
                     "m=#fff p=}"},
                });
}

TEST(CssLexer, ReadsAtRules) {
  expect_tokens("css",
                {
                    {"@media (min-width: 40em) { p { color: blue } }",
                     "k=@media p=( n=min-width p=: m=40em p=) p={ nt=p p={ nl=color p=: no=blue "
                     "p=} p=}"},
                    {"@font-face { src: \"x\"; }", "k=@font-face p={ nl=src p=: s1=\"x\" p=; p=}"},
                    {"@import \"a.css\";", "k=@import s1=\"a.css\" p=;"},
                });
}

}  // namespace
}  // namespace stet::highlight
