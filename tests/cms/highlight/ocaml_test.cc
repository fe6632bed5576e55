// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(OcamlLexer, TellsKindsOfWordsAndModules) {
  expect_tokens(
      "ocaml",
      {
          {"let rec add (x : int) (y' : 'a list) = x lor List.length y'",
           "k=let k=rec n=add p=( n=x o=: kt=int p=) p=( n=y' o=: k=' n=a kt=list p=) o== n=x "
           "ow=lor nn=List p=. n=length n=y'"},
          {"module M = Map.Make (String) ;;\n"
           "Some.Deep.Path.value Some.{ a } `Tag ~label:1 ?opt",
           "k=module nc=M o== nn=Map p=. nc=Make p=( nc=String p=) p=;; nn=Some p=. nn=Deep "
           "p=. nn=Path p=. n=value nn=Some p=.{ n=a p=} nt=`Tag o=~ n=label o=: mi=1 o=? "
           "n=opt"},
          {"truest [] () false [| 1; 2 |]",
           "bp=true n=st bp=[] bp=() bp=false p=[ o=| mi=1 p=; mi=2 o=| p=]"},
      });
}

TEST(OcamlLexer, ReadsNumbersCharactersAndStrings) {
  expect_tokens(
      "ocaml",
      {
          {"1_000 0xFF 0o17 0b01 1e5 1.5e-3 1.5 0xe5",
           "mi=1_000 mh=0xFF mo=0o17 mb=0b01 mf=1e5 mf=1.5e-3 mi=1 o=. mi=5 mf=0xe5"},
          {"'\\n' '\\123' '\\x41' '.' 'a' \"a\\\"b\\\\c\\q\\\nd\" ",
           "sc='\\n' sc='\\123' sc='\\x41' sc='.' k=' n=a' s2=\"a se=\\\" s2=b se=\\\\ s2=c "
           "err=\\ s2=q\\¶d\""},
      });
}

TEST(OcamlLexer, NestsComments) {
  expect_tokens("ocaml",
                {
                    {"(* a (* b *) c *) d (*) e", "c=(*·a·(*·b·*)·c·*) n=d p=( o=* p=) n=e"},
                });
}

}  // namespace
}  // namespace stet::highlight
