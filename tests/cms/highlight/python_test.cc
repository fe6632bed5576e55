// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(PythonLexer, ReadsStatementsAndNames) {
  expect_tokens("python",
                {
                    {"from a.b import c\nimport d\n\n@deco\nclass E(F):\n    def g(self, *h):\n"
                     "        return None if not h else len(h)\n",
                     "kn=from nn=a.b kn=import n=c kn=import nn=d o=@ n=deco k=class nc=E p=( n=F "
                     "p=): k=def nf=g p=( bp=self p=, o=* n=h p=): k=return bp=None k=if ow=not "
                     "n=h k=else nb=len p=( n=h p=)"},
                    {"try:\n    raise ValueError(\"x\")\nexcept KeyError as e:\n    pass # note\n",
                     "k=try p=: k=raise nb=ValueError p=( s=\"x\" p=) k=except nb=KeyError k=as "
                     "n=e p=: k=pass c1=#·note¶"},
                });
}

TEST(PythonLexer, ReadsStringsAndNumbers) {
  expect_tokens("python",
                {
                    {"f\"a {b!r:>3} {{c}}\" + r'\\d' + b\"\\x00\"",
                     "sa=f s=\"a· si={ n=b si=!r: o=> mi=3 si=} s=·{{c}}\" o=+ sa=r s='\\d' o=+ "
                     "sa=b s=\" se=\\x00 s=\""},
                    {"'''doc\n\"it\"'''", "s='''doc¶\"it\"'''"},
                    {"[1_000, 0x_ff, 0b1, 0o7, 1.5e-3, 2j, 10L]",
                     "p=[ mi=1_000 p=, mh=0x_ff p=, mb=0b1 p=, mo=0o7 p=, mf=1.5e-3 p=, mf=2j p=, "
                     "il=10L p=]"},
                    {"\"\\N{BULLET} \\q\"", "s=\" se=\\N{BULLET} s=·\\q\""},
                });
}

}  // namespace
}  // namespace stet::highlight
