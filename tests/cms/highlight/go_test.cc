// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(GoLexer, ReadsWordsStringsAndNumbers) {
  expect_tokens(
      "go",
      {
          {"package a\nvar x int = len(\"a\\n\\q\") // c",
           "k=package n=a k=var n=x kt=int o== nb=len p=( s=\"a se=\\n err=\\q s=\" p=) c=//·c"},
          {"f := `raw\n`; 'a' '\\n' '\\x41' /* b\n*/",
           "n=f o=:= s=`raw¶` p=; sc='a' sc='\\n' sc='\\x41' c=/*·b¶*/"},
          {"1 1.5 .5e3 0xFF 2i 1e9 x... a &^= b <-c",
           "m=1 m=1.5 m=.5e3 m=0xFF m=2i m=1e9 n=x o=... n=a o=&^= n=b o=<- n=c"},
          {"true nil über type2 []byte{}", "no=true no=nil n=über n=type2 p=[] kt=byte p={}"},
          {"\"open", "s=\"open"},
      });
}

}  // namespace
}  // namespace stet::highlight
