// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(PowerShellLexer, ReadsWordsVariablesAndStrings) {
  expect_tokens(
      "powershell",
      {
          {"# note\n"
           "function Get-Thing([string]$name) {\n"
           "  if ($name -eq \"a $env:B `n $(1 + 2)\") { return $true }\n"
           "}",
           "c=#·note w=¶ kr=function w=· nf=Get-Thing p=([ n=string p=] nv=$name p=) w=· p={ "
           "w=¶·· kr=if w=· p=( nv=$name w=· o=-eq w=· s2=\"a· nv=$ nn=env p=: nv=B s2=· "
           "se=`n s2=· si=$( mi=1 w=· o=+ w=· mi=2 si=) s2=\" p=) w=· p={ w=· kr=return w=· "
           "bp=$true w=· p=} w=¶ p=}"},
          {"Get-ChildItem -Path C:\\tmp | Where-Object { $_.Name -like '*.txt' }\n"
           "$h = @{ a = 1; b = 2.5 }\n"
           "$l = @('x', $y[0])\n"
           "[Console]::WriteLine(\"${my var}\")",
           "n=Get-ChildItem w=· nt=-Path w=· nx=C:\\tmp w=· o=| w=· n=Where-Object w=· p={ "
           "w=· bp=$_ o=. nf=Name w=· o=-like w=· s1='*.txt' w=· p=} w=¶ nv=$h w=· o== w=· "
           "p=@{ w=· nx=a w=· o== w=· mi=1 p=; w=· nx=b w=· o== w=· mf=2.5 w=· p=} w=¶ nv=$l "
           "w=· o== w=· p=@( s1='x' p=, w=· nv=$y p=[ mi=0 p=]) w=¶ p=[ n=Console p=]:: "
           "n=WriteLine p=( s2=\" nv=${my·var} s2=\" p=)"},
          {"<#\n.SYNOPSIS\n  Help\n#>\nclass P : Q { }\n$t = @\"\na \"b\" $c\n\"@",
           "cm=<#¶ cs=.SYNOPSIS cm=¶··Help¶#> w=¶ kr=class w=· nc=P w=· p=: w=· nc=Q w=· p={ "
           "w=· p=} w=¶ nv=$t w=· o== w=· sh=@\"¶a·\"b\"· nv=$c sh=¶\"@"},
      });
}

}  // namespace
}  // namespace stet::highlight
