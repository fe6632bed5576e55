// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(BatchfileLexer, ReadsCommandsAndVariables) {
  expect_tokens(
      "batchfile",
      {
          {"@echo off\n"
           "rem note\n"
           ":: note\n"
           ":start\n"
           "set A=%PATH% \"b^\"c\" 'd'\n"
           "if not exist %~dp0x.exe goto start\n"
           "for %%i in (1 0x2f) do call nul /q --v `e!F!`",
           "na=off c=rem·note c=::·note nl=:start kd=set kd=A o== nv=%PATH% s2=\"b se=^\" "
           "s2=c\" s1='d' k=if ow=not ow=exist vm=%~dp0 kd=x err=.exe k=goto nb=start k=for "
           "vm=%%i k=in o=( m=1 mh=0x2f o=) k=do k=call kr=nul na=/q·--v· sb=`e nv=!F! sb=`"},
      });
}

}  // namespace
}  // namespace stet::highlight
