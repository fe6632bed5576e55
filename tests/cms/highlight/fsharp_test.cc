// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(FsharpLexer, TellsMarksFromOperators) {
  expect_tokens(
      "fsharp",
      {
          {"let f (x) = [ x + 1 ] |> List.map ((+) 2)",
           "k=let n=f p=( n=x p=) p== p=[ n=x o=+ mi=1 p=] p=|> nn=List p=. n=map o=((+) mi=2 "
           "p=)"},
          {"``a name`` // note", "n=``a·name`` c1=//·note"},
          {"type T = { A : int } with member this.B = ()",
           "k=type nc=T p== p={ nc=A p=: kt=int p=} k=with k=member n=this p=. nc=B p== bp=()"},
      });
}

TEST(FsharpLexer, ReadsPathsOfModules) {
  expect_tokens(
      "fsharp",
      {
          {"System.IO.File.Open(\"a\\tb\", 'x') A.[0] A.(b)",
           "nn=System p=. nn=IO p=. nn=File p=. nc=Open p=( s2=\"a se=\\t s2=b\" p=, k=' n=x' "
           "p=) nn=A p=.[ mi=0 p=] nn=A p=. err=( n=b p=)"},
      });
}

}  // namespace
}  // namespace stet::highlight
