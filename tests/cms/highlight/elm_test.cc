// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ElmLexer, TellsKindsOfWords) {
  expect_tokens(
      "elm",
      {
          {"module Main exposing (..)\n"
           "import Html as H\n"
           "f : Int -> _ -> String\n"
           "f x _if = if x >= 2 then \"a\\\"b\\\\\" else String.fromInt x",
           "k=module kt=Main k=exposing p=( o=.. p=) k=import kt=Html k=as kt=H n=f p=: "
           "kt=Int o=-> n=_ o=-> kt=String n=f n=x n=_ k=if o== k=if n=x o=>= mi=2 k=then "
           "s=\" s2=a se=\\\" s2=b err=\\ se=\\\" s2=·else·String.fromInt·x"},
      });
}

TEST(ElmLexer, ReadsNumbersCharactersAndTexts) {
  expect_tokens(
      "elm",
      {
          {"0xFf 1e5 1.5e-3 12 'a' '\\n' '\\'' \"\"\"a \"b\" \\c\"\"\"",
           "mh=0xFf mf=1e5 mf=1.5e-3 mi=12 sc='a' sc='\\n' sc='\\'' s=\"\"\"a·\"b\"·\\c\"\"\""},
      });
}

TEST(ElmLexer, NestsComments) {
  expect_tokens("elm",
                {
                    {"{- a {- b -} c -} d -- e", "cm={-·a·{-·b·-}·c·-} n=d c1=--·e"},
                });
}

}  // namespace
}  // namespace stet::highlight
