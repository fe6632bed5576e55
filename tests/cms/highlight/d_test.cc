// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(DLexer, ReadsDeclarations) {
  expect_tokens("d",
                {
                    {"module a.b;\n/+ c /+ d +/ e +/ /* f */ // g\n@safe int twice(T)(immutable "
                     "string n) { return n ~ [1 .. 2]; }\n#line 5\n",
                     "k=module n=a p=. n=b p=; cm=/+·c·/+·d·+/·e·+/ cm=/*·f·*/ c1=//·g nd=@safe "
                     "kt=int n=twice p=( n=T p=)( k=immutable nb=string n=n p=) p={ k=return n=n "
                     "p=~ p=[ mi=1 p=.. mi=2 p=]; p=} cs=#line·5¶"},
                });
}

TEST(DLexer, ReadsLiterals) {
  expect_tokens("d",
                {
                    {"r\"a\\\" `b` \"c\\\"\" 'd' '\\n' x\"0F\" q\"[a [b] c]\" q\"/d/\" q{ e { f "
                     "} } \\n\n0x1.8p3 1_0.5e3f 1. .5 0b1 017 0xFF 12U __LINE__ true macro",
                     "s=r\"a\\\" s=`b` s=\"c\\\"\" sc='d' sc='\\n' s=x\"0F\" s=q\"[a·[b]·c]\" "
                     "s=q\"/d/\" s=q{ n=e p={ n=f p=} s=} s=\\n mf=0x1.8p3 mf=1_0.5e3f mf=1. "
                     "mf=.5 mb=0b1 mo=017 mh=0xFF mi=12U kp=__LINE__ kc=true kr=macro"},
                });
}

TEST(DLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("d", {"/+", "/*", "q\"[", "q\"a", "q{", "\"\\\"", "`", "_"});
}

}  // namespace
}  // namespace stet::highlight
