// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(VisualBasicLexer, ReadsDeclarations) {
  expect_tokens("vb",
                {
                    {"Imports System.Text\n#If DEBUG Then\nOption Strict On\nPublic Class "
                     "Foo ' c\n  Const x As Integer = 5UI\n  Sub Main(a As String)\n    "
                     "rem r\n    remove = 1\n  End Sub\nEnd Class\n#End If\n#Region \"x\"\n#If "
                     "a Thenx",
                     "k=Imports nn=System.Text cp=#If·DEBUG·Then kd=Option·Strict·On "
                     "k=Public k=Class nc=Foo c1='·c k=Const nv=x ow=As kt=Integer o== "
                     "mi=5UI k=Sub nf=Main p=( n=a ow=As kt=String p=) c1=rem·r n=remove "
                     "o== mi=1 k=End k=Sub k=End k=Class cp=#End·If cp=#Region·\"x\"¶#If·a·Then "
                     "n=x"},
                });
}

TEST(VisualBasicLexer, ReadsStatementsAndLiterals) {
  expect_tokens("vb",
                {
                    {"Console.WriteLine(\"a \"\"b\"\"\", name%)\nIf Not x <> 1.5f3 AndAlso y "
                     "= \"c\"C Then .It() : Dim 5S\n%{ odd }% &H1F",
                     "nb=Console p=. n=WriteLine p=( s=\"a· se=\"\" s=b se=\"\" s=\" p=, n=name% "
                     "p=) k=If k=Not n=x o=<> mf=1.5f3 ow=AndAlso n=y o== s=\"c\"C k=Then "
                     "p=. n=It p=() p=: k=Dim mi=5S err=% p={ n=odd p=} err=% o=& n=H1F"},
                });
}

TEST(VisualBasicLexer, KeepsAllBytesAndEnds) {
  expect_whole_and_ending("vb", {"#If ", "\"", "%{", "Option ", "End "});
}

}  // namespace
}  // namespace stet::highlight
