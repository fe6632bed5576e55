// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(HclLexer, ReadsBlocksAndValues) {
  expect_tokens(
      "hcl",
      {
          {"# note\na \"b\" { c = 1.5e3 d = [1, 'e'] /* f */ }\ng = true",
           "c1=#·note nx=a s2=\"b\" p={ nx=c p== mf=1.5e3 nx=d p== p=[ mi=1 p=, s1='e' p=] "
           "cm=/*·f·*/ p=} nx=g err== kc=true"},
          {"a-b { c = d.e - 2.5f }",
           "nx=a err=- nx=b p={ nx=c p== nx=d err=. nx=e err=- mf=2.5f p=}"},
      });
}

TEST(HclLexer, ReadsCodeInTerraformsStrings) {
  expect_tokens(
      "terraform",
      {
          {"resource \"aws\" \"b\" {\n"
           "  name = \"x-${var.y}-${length(\"z\") + 1}\"\n"
           "  size = 10gb\n"
           "  t = <<EOF\n"
           "text\n"
           "EOF\n"
           "}",
           "k=resource s2=\"aws\" s2=\"b\" p={ nx=name p== s2=\"x- k=${ kd=var p=. nx=y k=} "
           "s2=- k=${ nx=length p=( s2=\"z\" p=) o=+ mi=1 k=} s2=\" nx=size p== mi=10gb nx=t "
           "p== o=<< no=EOF sh=¶text¶ no=EOF¶ p=}"},
          {"a = { b = c(var.d), e = [f.*.g] h = \"${i-j - \"/k\\d/\"}\" }",
           "nx=a err== p={ nx=b p== nx=c p=( kd=var p=. nx=d p=), nx=e p== p=[ nx=f p=.*. "
           "nx=g p=] nx=h p== s2=\" k=${ nx=i-j o=- dl=\"/ sr=k\\d dl=/\" s2=}\" p=}"},
      });
}

}  // namespace
}  // namespace stet::highlight
