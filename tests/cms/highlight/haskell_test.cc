// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(HaskellLexer, ReadsModulesAndImports) {
  expect_tokens(
      "haskell",
      {
          {"{-# LANGUAGE GADTs #-}\n"
           "module Main (main, Foo(..)) where\n"
           "import qualified Data.Map as M\n"
           "import Data.List (sort, (\\\\))\n"
           "import Prelude hiding (map)\n"
           "import Foo",
           "cp={-#·LANGUAGE·GADTs·#-} kr=module nn=Main p=( nf=main p=, kt=Foo p=( o=.. p=)) "
           "kr=where kr=import k=qualified nn=Data.Map k=as n=M kr=import nn=Data.List p=( "
           "nf=sort p=, p=( o=\\\\ p=)) kr=import nn=Prelude k=hiding p=( nf=map p=) "
           "kr=import nn=Foo"},
      });
}

TEST(HaskellLexer, ReadsWordsAndOperators) {
  expect_tokens(
      "haskell",
      {
          {"-- | documented\n"
           "f :: Int -> [a] -> ()\n"
           "f x' = \\y -> let z = 1.5e3 in x' ++ [] -- note\n"
           "{- one {- two -} -}",
           "cd=--·|·documented n=f o=:: kt=Int o=-> p=[ n=a p=] o=-> nb=() n=f n=x' o== nf=\\ "
           "n=y o=-> kr=let n=z o== mf=1.5e3 kr=in n=x' o=++ kt=[] c1=--·note "
           "cm={-·one·{-·two·-}·-}"},
          {"c = 'a' : '\\n' : \"s\\tq\\1234\\\n"
           "  \\r\" ++ show 0xff 0o17 12 1e6\n"
           "q = [sql|select|]\n"
           "a = '\\NUL'\n"
           "\"\\q\" ~> 'ab",
           "n=c o== sc='a' o=: sc=' se=\\n sc=' o=: s=\"s se=\\t s=q se=\\1234\\¶··\\ s=r\" "
           "o=++ n=show mh=0xff mo=0o17 mi=12 mf=1e6 n=q o== o=[ n=sql o=| o=|] n=a o== sc=' "
           "se=\\NUL sc=' s=\" se=\\ err=q se=\" s=·~>·'ab"},
      });
}

}  // namespace
}  // namespace stet::highlight
