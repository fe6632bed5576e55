// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(LuaLexer, ReadsWordsStringsAndNumbers) {
  expect_tokens(
      "lua",
      {
          {"#!/usr/bin/lua\n"
           "-- note\n"
           "local a, b = 1, 2e3\n"
           "function M.go(x) return not x end\n"
           "local f = function(...) print(string.format(\"a\\n\", a.b)) end",
           "cp=#!/usr/bin/lua c1=--·note kd=local n=a p=, n=b o== mi=1 p=, mf=2e3 k=function "
           "nc=M p=. nf=go p=( n=x p=) k=return ow=not n=x k=end kd=local n=f o== k=function "
           "p=( o=... p=) nb=print p=( nb=string.format p=( s2=\"a\\n\" p=, n=a p=. n=b p=)) "
           "k=end"},
          {"--[[ long\nnote ]] x = [==[ raw ]] ]==] .. 'q' ~= 0xff",
           "cm=--[[·long¶note·]] n=x o== s=[==[·raw·]]·]==] o=.. s1='q' o=~= mh=0xff"},
          {"for i = 1, #t do t[i] = nil end\n'open",
           "k=for n=i o== mi=1 p=, o=# n=t k=do n=t p=[ n=i p=] o== kc=nil k=end s1='open"},
      });
}

TEST(LuaLexer, ReadsPatterns) {
  expect_tokens(
      "lua",
      {
          {"s = gsub(\"a[^b/]\\\\d(?:x){1,2}$\", \"y\")",
           "n=s o== nb=gsub p=( sr=\"a se=[^ sr=b se=/]\\\\ sr=d se=(?: sr=x se=){1,2} sr=$\" "
           "p=, sr=\"y\" p=)"},
      });
}

}  // namespace
}  // namespace stet::highlight
