// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(JavascriptLexer, ReadsStatementsAndNames) {
  expect_tokens("javascript",
                {
                    {"const a = async (b) => { return await b?.c ?? null; };",
                     "kd=const nx=a o== k=async p=( nx=b p=) o==> p={ k=return k=await nx=b p=?. "
                     "nx=c o=?? kc=null p=; p=};"},
                    {"class A extends B { static get x() { return this.y; } }",
                     "kd=class nx=A kd=extends nx=B p={ kd=static kd=get nx=x p=() p={ k=return "
                     "k=this p=. nx=y p=; p=} p=}"},
                    {"import { a as b } from \"c\";\nlabel: for (;;) break;",
                     "k=import p={ nx=a k=as nx=b p=} k=from dl=\" s2=c dl=\" p=; nl=label p=: "
                     "k=for p=(;;) k=break p=;"},
                });
}

TEST(JavascriptLexer, ReadsLiterals) {
  expect_tokens("javascript",
                {
                    {"x = { a: 1, \"b\": /[/]\\d{2}/gi, c: `t ${d + 1} \\`` };",
                     "nx=x o== p={ na=a p=: mi=1 p=, dl=\" s2=b dl=\" p=: o=/ p=[ sr=/] se=\\d{2} "
                     "sr=/gi p=, na=c p=: s2=`t· p=${ nx=d o=+ mi=1 p=} s2=· se=\\` s2=` p=};"},
                    {"[0x1F, 0b1, 0o7, 1.5e3, 12, \"a\\n\\q\", 'b']",
                     "p=[ mh=0x1F p=, mb=0b1 p=, mo=0o7 p=, mf=1.5e3 p=, mi=12 p=, dl=\" s2=a "
                     "se=\\n\\ s2=q dl=\" p=, dl=' s1=b dl=' p=]"},
                    {"a / b / c;\ny = z ? 1 : 2;",
                     "nx=a o=/ nx=b o=/ nx=c p=; nx=y o== nx=z p=? mi=1 p=: mi=2 p=;"},
                    {"/* x */ // y\n@deco f()", "cm=/*·x·*/ c1=//·y p=@ nd=deco nx=f p=()"},
                });
}

TEST(JavascriptLexer, MarksWhatIsNoneAsAnError) {
  expect_tokens("javascript",
                {
                    {"x = /never\n# oops", "nx=x o== sr=/neve err=r¶# nx=oops"},
                });
}

}  // namespace
}  // namespace stet::highlight
