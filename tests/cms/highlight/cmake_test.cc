// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(CmakeLexer, ReadsCommandsAndStrings) {
  expect_tokens(
      "cmake",
      {
          {"# note\n"
           "#[[ long\n"
           "note ]]\n"
           "cmake_minimum_required(VERSION 3.25)\n"
           "set(A \"b ${C} \\n\" [=[raw]=])\n"
           "frob (${X})",
           "c1=#·note cm=#[[·long¶note·]] nb=cmake_minimum_required p=( p=) nb=set p=( "
           "s2=\"b· si=${ nv=C si=} s2=· se=\\n s2=\" s2=[=[raw]=] p=) nf=frob p=( si=${ nv=X "
           "si=} p=)"},
      });
}

}  // namespace
}  // namespace stet::highlight
