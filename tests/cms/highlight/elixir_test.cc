// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ElixirLexer, TellsWordsFromNames) {
  expect_tokens(
      "elixir",
      {
          {"def go(x), do: if?(x)", "k=def n=go p=( n=x p=), k=do p=: n=if? p=( n=x p=)"},
          {"import A.B\nnot x.in nil", "kn=import no=A o=. no=B ow=not n=x o=. ow=in no=nil"},
          {"@doc __MODULE__ # why", "nv=@doc bp=__MODULE__ c1=#·why"},
          {"&1 + !ok", "nv=&1 o=+ n=!ok"},
      });
}

TEST(ElixirLexer, ReadsSymbolsAndNumbers) {
  expect_tokens(
      "exs",
      {
          {":ok a: 1 b::c", "ss=:ok ss=a: mi=1 n=b p=:: n=c"},
          {":\"a #{b}\" :<> :a?", "ss=:\"a· si=#{ n=b si=} ss=\" ss=:<> ss=:a?"},
          {"1_000 2.5e3 0xFF 0o7 0b1 ?a", "mi=1_000 mf=2.5e3 mh=0xFF mo=0o7 mb=0b1 sx=?a"},
          {"a <- [1 | t] |> f -> <<x>>",
           "n=a o=<- p=[ mi=1 o=| n=t p=] o=|> n=f o=-> o=<< n=x o=>>"},
      });
}

TEST(ElixirLexer, ReadsStringsAndSigils) {
  expect_tokens("elixir",
                {
                    {"\"a\\n#{1}#\"", "s2=\"a se=\\n si=#{ mi=1 si=} s2=#\""},
                    {"'a' \"\"\"\ndoc\n\"\"\"", "s1='a' sd=\"\"\"¶doc¶\"\"\""},
                    {"~r/a\\d/iu ~w(a b)a", "sr=~r/a\\d/iu sx=~w(a·b)a"},
                    {"~S|#{a}|", "sx=~S| si=#{ n=a si=} sx=|"},
                    {"\"open", "s2=\"open"},
                });
}

}  // namespace
}  // namespace stet::highlight
