// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(GraphqlLexer, ReadsQueries) {
  expect_tokens("graphql",
                {
                    {"query Q($n: Int = 1, $l: [ID!]) @live { a: box(id: $n, o: {k: [1, \"s\", "
                     "true]}) { ...F ... on Box { size } } }\nfragment F on Box { pen @skip(if: "
                     "false) } # c",
                     "k=query w=· n=Q p=( nv=$n p=: w=· nb=Int w=· p== w=· mi=1 p=, w=· nv=$l "
                     "p=: w=· p=[ nb=ID p=!]) w=· k=@live w=· p={ w=· n=a p=: w=· n=box p=( n=id "
                     "p=: w=· nv=$n p=, w=· n=o p=: w=· p={ n=k p=: w=· p=[ mi=1 p=, w=· "
                     "s2=\"s\" p=, w=· kc=true p=]}) w=· p={ w=· p=... n=F w=· p=... w=· k=on "
                     "w=· n=Box w=· p={ w=· n=size w=· p=} w=· p=} w=· p=} w=¶ k=fragment w=· "
                     "n=F w=· k=on w=· n=Box w=· p={ w=· n=pen w=· k=@skip p=( n=if p=: w=· "
                     "kc=false p=) w=· p=} w=· c=#·c"},
                });
}

TEST(GraphqlLexer, ReadsSchemas) {
  expect_tokens("graphql",
                {
                    {"type Box implements Shape { pens(n: Float): [Pen!]! size: Int }\nunion U = "
                     "A | B\nscalar Date\nextend input I { x: String } 1",
                     "k=type w=· n=Box w=· k=implements w=· n=Shape w=· p={ w=· n=pens p=( n=n "
                     "p=: w=· nb=Float p=): w=· p=[ n=Pen p=!]! w=· n=size p=: w=· nb=Int w=· "
                     "p=} w=¶ k=union w=· n=U w=· p== w=· n=A w=· p=| w=· n=B w=¶ k=scalar w=· "
                     "n=Date w=¶ k=extend w=· k=input w=· n=I w=· p={ w=· n=x p=: w=· nb=String "
                     "w=· p=} w=· err=1"},
                    {"\"\"\"\nSome *text*.\n\"\"\"\nenum E { A }",
                     "s2=\"\"\" w=¶ ge=*text* w=¶ s2=\"\"\" w=¶ k=enum w=· n=E w=· p={ w=· n=A "
                     "w=· p=}"},
                });
}

TEST(GraphqlLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("graphql", {"{", "query(", "\"\"\"\n", "union a=", "a(a:", "[", "{a:{"});
}

}  // namespace
}  // namespace stet::highlight
